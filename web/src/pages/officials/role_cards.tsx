import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { FormFrame, Radios, SelectField } from '../../ui/fields';
import type { Fault, Form } from '../../ui/form';
import { Button, Unseen } from '../../ui/pieces';
import { ConfirmedButton } from './confirm';
import type { Official } from './official';
import type { Decide } from './roles_page';
import { type Colleague, type Proposal, type RoleId, roleIds, type StaffRoles } from './wire';

/** Name, account and office: names alone may be those of two. */
function wholeName({ official, name, office }: Colleague, reader: Official): string {
  return t('official.roles.whole-name', { name, account: official, office: reader.officeOf(office) });
}

function nameOf(account: string, staff: StaffRoles, reader: Official): string {
  const found = staff.officials.find(({ official }) => official === account);
  return found ? wholeName(found, reader) : account;
}

interface Shared {
  reader: Official;
  busy: boolean;
  /** Null for somebody who only looks. */
  decide: Decide | null;
}

export function ProposalCard({ proposal, staff, reader, busy, decide }: Shared & { proposal: Proposal; staff: StaffRoles }) {
  const { official, role, proposed_by, proposed_at, expires_at } = proposal;
  const own = proposed_by === reader.account || official === reader.account;
  const whom = nameOf(official, staff, reader);
  const by = proposed_by === null ? t('official.roles.operator') : nameOf(proposed_by, staff, reader);
  const what = t('official.roles.for', { role: t(`official.role.${role}`), name: whom });
  return (
    <article class="card">
      <h3>{what}</h3>
      <p class="quiet">{t('official.roles.proposed', { by, at: momentInWords(proposed_at), until: momentInWords(expires_at) })}</p>
      {decide && own && <p>{t('official.roles.somebody-else')}</p>}
      {decide && (
        <p class="actions">
          {!own && <Button busy={busy} onClick={() => decide('approve', official, role)}>{t('official.roles.approve')}<Unseen> {what}</Unseen></Button>}
          <Button second busy={busy} onClick={() => decide('withdraw', official, role)}>{t('official.roles.withdraw')}<Unseen> {what}</Unseen></Button>
        </p>
      )}
    </article>
  );
}

export function ColleagueCard({ colleague, reader, busy, decide }: Shared & { colleague: Colleague }) {
  const { official, name, office, roles } = colleague;
  return (
    <article class="card">
      <h3>{name}</h3>
      <p class="quiet">{t('official.roles.account', { account: official, office: reader.officeOf(office) })}</p>
      {roles.length === 0 && <p>{t('official.roles.none')}</p>}
      <ul class="plain">
        {roles.map((role) => (
          <li key={role}>
            <b>{t(`official.role.${role}`)}</b>{' '}
            {decide && (
              <ConfirmedButton
                label={t('official.roles.revoke')} what={t('official.roles.for', { role: t(`official.role.${role}`), name: wholeName(colleague, reader) })}
                question={t('official.roles.revoke.sure')} busy={busy} onConfirmed={() => decide('revoke', official, role)}
              />
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

/** What the list tells already; the register knows all of it (service/roles.hpp). */
function whyNot(whom: string, role: RoleId, { officials, proposals }: StaffRoles): Fault | null {
  const roles = officials.find(({ official }) => official === whom)?.roles ?? [];
  if (roles.includes(role)) return { field: 'role', id: 'official.roles.has' };
  if (proposals.some((one) => one.official === whom && one.role === role)) return { field: 'role', id: 'official.roles.waits' };
  const mixed = roles.includes('auditor') || (role === 'auditor' && roles.length > 0);
  return mixed ? { field: 'role', id: 'official.roles.auditor' } : null;
}

export function ProposeForm({ form, staff, reader, decide }: { form: Form; staff: StaffRoles; reader: Official; decide: Decide }) {
  const others = staff.officials.filter(({ official }) => official !== reader.account);
  const propose = () => {
    const role = roleIds.find((id) => id === form.value('role'));
    const whom = form.value('official');
    const faults: Fault[] = [];
    if (whom === '') faults.push({ field: 'official', id: 'official.roles.whom.missing' });
    if (!role) faults.push({ field: 'role', id: 'official.roles.which.missing' });
    if (!role || faults.length > 0) return form.fail(faults);
    const unfit = whyNot(whom, role, staff);
    if (unfit) return form.fail([unfit]);
    decide('propose', whom, role);
  };
  return (
    <section aria-labelledby="propose">
      <h2 id="propose">{t('official.roles.propose')}</h2>
      <p>{t('official.roles.propose.what')}</p>
      <FormFrame form={form} onSubmit={propose}>
        <SelectField form={form} name="official" label={t('official.roles.whom')}>
          <option value="">{t('official.roles.whom.choose')}</option>
          {others.map((one) => <option key={one.official} value={one.official}>{wholeName(one, reader)}</option>)}
        </SelectField>
        <Radios
          form={form} name="role" label={t('official.roles.which')}
          options={roleIds.map((value) => ({ value, label: t(`official.role.${value}`), hint: t(`official.role.${value}.what`) }))}
        />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('official.roles.propose.button')}</Button></p>
      </FormFrame>
    </section>
  );
}
