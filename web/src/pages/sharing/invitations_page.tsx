import { useState } from 'preact/hooks';
import { get, post } from '../../api/client';
import type { Me, ShownInvitation } from '../../api/wire';
import { invitations, madeInvitation, me, openedInvitation, type Registration } from '../../api/wire';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { AddressText, Button, ButtonLink, Details, Link, MomentText, Note, Unseen } from '../../ui/pieces';
import { Invited, type InvitedTo } from './invited';

async function ask() {
  const [mine, person] = await Promise.all([get('/api/v1/invitations', invitations), get('/api/v1/me', me)]);
  if (!mine.ok) return mine;
  if (!person.ok) return person;
  return { ok: true as const, value: { invitations: mine.value.invitations, registrations: person.value.registrations } };
}

function LookAt({ form, onFound }: { form: Form; onFound: (found: InvitedTo) => void }) {
  const doing = useDoing(form, { fields: { code: 'code' }, words: { 'invalid:code': 'invitation.code.missing', 'opening-refused': 'invitation.code.refused', 'not-found': 'invitation.code.refused' } });
  const look = () => {
    const code = form.value('code');
    if (!/^[\s-]*(?:[0-9A-Za-z][\s-]*){16}$/.test(code)) return form.fail([{ field: 'code', id: 'invitation.code.missing' }]);
    doing(code, (key) => post('/api/v1/invitations/open', { code }, openedInvitation, { key }), onFound);
  };
  return (
    <section aria-labelledby="look">
      <h2 id="look">{t('invitation.have')}</h2>
      <p>{t('invitation.have.what')}</p>
      <FormFrame form={form} onSubmit={look}>
        <TextField form={form} name="code" label={t('invitation.code')} hint={t('invitation.code.hint')} width="medium" capitals />
        <p class="actions"><Button second type="submit" busy={form.busy}>{t('invitation.look')}</Button></p>
      </FormFrame>
    </section>
  );
}

function OpenInvitation({ invitation, to, form, onDone }: { invitation: ShownInvitation; to: Registration | undefined; form: Form; onDone: () => void }) {
  const doing = useDoing(form);
  const { entry, code } = invitation;
  const takeBack = () => doing(entry, (key) => post('/api/v1/invitations/{entry}/revoke', null, madeInvitation, { params: { entry }, key }), onDone);
  return (
    <li class="card">
      <p class="big-code">{code}</p>
      {to && <AddressText address={to.address} />}
      <p>{t('invitation.use')} <MomentText moment={invitation.expires_at} /></p>
      <p><Button quiet busy={form.busy} onClick={takeBack}>{t('code.take-back')}<Unseen> {code}</Unseen></Button></p>
    </li>
  );
}

function Invite({ registration, form, onDone }: { registration: Registration; form: Form; onDone: () => void }) {
  const doing = useDoing(form, { words: { conflict: 'invitation.too-many' } });
  const invite = () => doing(registration.id, (key) => post('/api/v1/invitations', { registration: registration.id }, madeInvitation, { key }), onDone);
  return (
    <li class="card">
      <AddressText address={registration.address} />
      <p class="actions"><Button second busy={form.busy} onClick={invite}>{t('invitation.make')}<Unseen> {registration.address.lines[0]}</Unseen></Button></p>
    </li>
  );
}

interface ListsProps {
  all: readonly ShownInvitation[];
  registrations: Me['registrations'];
  form: Form;
  onDone: () => void;
}

function Lists({ all, registrations, form, onDone }: ListsProps) {
  const active = registrations.filter(({ ended }) => ended === null);
  const past = all.filter(({ state }) => state !== 'open');
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{t('invitation.invite')}</h2>
      <p>{t('invitation.invite.what')}</p>
      <ul class="cards">
        {all.filter(({ state }) => state === 'open').map((one) => (
          <OpenInvitation key={one.entry} invitation={one} to={registrations.find(({ id }) => id === one.registration)} form={form} onDone={onDone} />
        ))}
        {active.map((one) => <Invite key={one.id} registration={one} form={form} onDone={onDone} />)}
      </ul>
      {active.length === 0 && <p class="actions"><ButtonLink to="register">{t('home.register')}</ButtonLink></p>}
      {past.length > 0 && (
        <Details summary={t('invitation.past')}>
          <ul class="plain">
            {past.map(({ entry, state }) => (
              <li key={entry}>{t(`code.state.${state}`)} · <Link to={`receipts/${entry}`}>{t('history.entry', { number: entry })}</Link></li>
            ))}
          </ul>
        </Details>
      )}
    </section>
  );
}

/** Moving together: each adult registers by an act of their own. */
export default function InvitationsPage() {
  const loaded = useLoaded(ask);
  const form = useForm({ code: '' });
  const [found, show] = useState<InvitedTo | null>(null);
  const [said, say] = useState(false);
  const done = () => {
    say(true);
    loaded.again();
  };
  return (
    <>
      <FaultSummary form={form} />
      <LoadedPage title={t('invitation.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {({ invitations: all, registrations }) => found ? (
          <Invited to={found} registrations={registrations} />
        ) : (
          <>
            {said && <Note good><p>{t('invitation.done')}</p></Note>}
            <LookAt form={form} onFound={show} />
            <Lists all={all} registrations={registrations} form={form} onDone={done} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
