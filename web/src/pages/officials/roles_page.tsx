import { useState } from 'preact/hooks';
import { get, post, removed } from '../../api/client';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { type Form, type Placing, useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { DoneNote } from './done';
import { OfficialsPage } from './frame';
import type { Official } from './official';
import { ColleagueCard, ProposalCard, ProposeForm } from './role_cards';
import { type RoleId, staffRoles } from './wire';

type Deed = 'propose' | 'approve' | 'withdraw' | 'revoke';
/** Does something about a role of somebody. */
export type Decide = (deed: Deed, official: string, role: RoleId) => void;

const placing: Placing = { words: { 'not-found': 'official.roles.gone' } };

function Roles({ reader, form }: { reader: Official; form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/staff/roles', staffRoles));
  const [said, say] = useState<{ deed: Deed; round: number } | null>(null);
  const doing = useDoing(form, placing);
  const decide: Decide = (deed, official, role) =>
    doing(
      [deed, official, role],
      (key) => post(`/api/v1/staff/roles/{official}/{role}/${deed}`, null, removed, { params: { official, role }, key }),
      () => {
        form.set('official', '');
        form.set('role', '');
        say((before) => ({ deed, round: (before?.round ?? 0) + 1 }));
        loaded.again();
      },
    );
  const manages = reader.may.includes('manage-roles');
  return (
    <>
      {said && <DoneNote words={t(`official.roles.done.${said.deed}`)} round={said.round} />}
      <p class="lead">{t(manages ? 'official.roles.lead' : 'official.roles.lead.looking')}</p>
      <LoadedContent loaded={loaded} words={t('official.loading')}>
        {(staff) => (
          <>
            <section aria-labelledby="waiting">
              <h2 id="waiting">{t('official.roles.waiting')}</h2>
              {staff.proposals.length === 0 && <p>{t('official.roles.waiting.none')}</p>}
              {staff.proposals.map((one) => (
                <ProposalCard key={`${one.official} ${one.role}`} proposal={one} staff={staff} reader={reader} busy={form.busy} decide={manages ? decide : null} />
              ))}
            </section>
            {manages && <ProposeForm form={form} staff={staff} reader={reader} decide={decide} />}
            <section aria-labelledby="officials">
              <h2 id="officials">{t('official.roles.officials')}</h2>
              <p>{t('official.roles.officials.what')}</p>
              {staff.officials.map((one) => <ColleagueCard key={one.official} colleague={one} reader={reader} busy={form.busy} decide={manages ? decide : null} />)}
            </section>
          </>
        )}
      </LoadedContent>
    </>
  );
}

/** Which officials there are and what they may do: officials alone, no page lists residents. */
export default function RolesPage() {
  const form = useForm({ official: '', role: '' });
  return <OfficialsPage title={t('official.roles.title')} at="staff/roles" form={form}>{(reader) => <Roles reader={reader} form={form} />}</OfficialsPage>;
}
