import { useEffect, useRef } from 'preact/hooks';
import { freshKey, postOf } from '../../api/client';
import { acted } from '../../api/wire';
import { goTo } from '../../app/places';
import { showReceipt } from '../../app/receipts';
import { dropOutcome } from '../../app/sending';
import { greet } from '../../app/session';
import { dayAt } from '../../base/days';
import { dropTakenBack, keyOfTakenBack, putAside } from '../../drafts/outbox';
import { hasOwner, sameOwner } from '../../drafts/owner';
import { t } from '../../text/text';
import { faultOf, type Form } from '../../ui/form';
import { AddressText, DayText, Link, type Row, SummaryList, Unseen } from '../../ui/pieces';
import { type Child, pathOf, say, useChild } from '../../ui/whom';
import { readAddress } from './address_format';
import { readStay } from './dates';
import { goToFaults, kindIn, path, placing } from './draft';
import { StepPage, useStep } from './step';

/** What is sent, or nothing while a step is not done. */
function readAll(form: Form) {
  const kind = kindIn(form.values);
  const address = readAddress(form.values);
  if (kind === null || Array.isArray(address)) return null;
  const stay = readStay(form.values, kind, dayAt(new Date()));
  return Array.isArray(stay) ? null : { kind, address, ...stay };
}

function Change({ to, what }: { to: string; what: string }) {
  return <Link to={to}>{t('register.change')}<Unseen> {what}</Unseen></Link>;
}

function rowsOf({ kind, address, since, until }: NonNullable<ReturnType<typeof readAll>>, child: Child | null): Row[] {
  const row = (key: string, name: string, value: Row['value'], to: string): Row => ({ key, name, value, action: <Change to={pathOf(child, to)} what={name} /> });
  return [
    row('kind', t('field.kind'), t(`kind.${kind}`), 'register'),
    row('address', t('field.main_address'), <AddressText address={address} />, 'register/address'),
    ...(address.care_of ? [row('care_of', t('field.care_of'), <bdi>{address.care_of}</bdi>, 'register/address')] : []),
    row('since', say(child, 'register.since'), <DayText day={since} />, 'register/dates'),
    ...(kind === 'main' ? [] : [row('until', t('register.until'), until ? <DayText day={until} /> : t('register.until.open'), 'register/dates')]),
  ];
}

/** Everything once more, before it is sent. */
export default function CheckPage() {
  const child = useChild();
  const form = useStep('register/check');
  const key = useRef<string | null>(null);
  const ready = form && readAll(form);
  useEffect(() => {
    if (!hasOwner()) void greet(); // so that it may wait here, if it has to
  }, []);
  if (!form) return null;
  if (!ready) {
    goTo(pathOf(child, 'register/dates'), 'replace');
    return null;
  }
  const send = () => form.submit(async () => {
    const whom = child?.id ?? null;
    const [now, body, isTheirs] = [new Date(), JSON.stringify(ready), sameOwner()];
    key.current ??= keyOfTakenBack(whom, body, now) ?? freshKey();
    const answer = await postOf(whom, path, ready, acted, { key: key.current });
    if (answer.ok || answer.failure.kind === 'refused') dropTakenBack(whom);
    if (answer.ok) {
      form.clear();
      return showReceipt(answer.value, child);
    }
    const { failure } = answer;
    if ((failure.kind === 'offline' || failure.kind === 'timeout') && isTheirs() && hasOwner()) {
      dropOutcome(whom);
      putAside({ key: key.current, path, body, first_tried: now.toISOString(), ...(child && { child: child.id }) });
      return goTo(pathOf(child, 'register/waiting'), 'replace');
    }
    if (failure.kind === 'refused') key.current = null;
    const fault = faultOf(failure, placing);
    if (!goToFaults([fault], child)) form.fail([fault]);
  });
  return (
    <StepPage step="register/check" title={say(child, 'register.check')} form={form} button={t('register.send')} onSubmit={send}>
      <SummaryList rows={rowsOf(ready, child)} />
      <p>{say(child, 'register.check.effect')}</p>
    </StepPage>
  );
}
