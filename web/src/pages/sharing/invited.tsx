import { useEffect, useRef } from 'preact/hooks';
import { post } from '../../api/client';
import type { openedInvitation, Registration } from '../../api/wire';
import { acted } from '../../api/wire';
import { showReceipt } from '../../app/receipts';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { AddressText, Button, Link, Note } from '../../ui/pieces';

export type InvitedTo = ReturnType<typeof openedInvitation>;

/** What an invitation shows, and what the invited person may do: an act of their own, or nothing. */
export function Invited({ to, registrations }: { to: InvitedTo; registrations: readonly Registration[] }) {
  const form = useForm({});
  const doing = useDoing(form);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const active = registrations.filter(({ ended }) => ended === null);
  const kind = active.some((one) => one.kind === 'main') ? 'secondary' : 'main';
  const move = (id: string) => doing(['move', id], (key) => post('/api/v1/registrations/{id}/move', to, acted, { params: { id }, key }), showReceipt);
  const register = () => doing('register', (key) => post('/api/v1/registrations', { kind, ...to }, acted, { key }), showReceipt);
  return (
    <section aria-labelledby="invited">
      <FaultSummary form={form} />
      <h2 id="invited" ref={heading} tabIndex={-1}>{t('invitation.invited')}</h2>
      <div class="card place"><AddressText address={to.address} /></div>
      <Note><p>{t('invitation.nothing')}</p></Note>
      <p>{t('invitation.since', { day: dayInWords(to.since) })}</p>
      <ul class="cards">
        {active.map((left) => (
          <li key={left.id} class="card">
            <h3>{t('invitation.moved-from')}</h3>
            <AddressText address={left.address} />
            <p class="actions"><Button busy={form.busy} onClick={() => move(left.id)}>{t('registration.move.button')}</Button></p>
          </li>
        ))}
        <li class="card">
          <h3>{t(kind === 'main' ? 'invitation.as-main' : 'invitation.as-secondary')}</h3>
          <p class="actions"><Button second={active.length > 0} busy={form.busy} onClick={register}>{t('register.send')}</Button></p>
        </li>
      </ul>
      <p><Link to="home">{t('invitation.leave')}</Link></p>
    </section>
  );
}
