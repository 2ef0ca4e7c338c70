import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, mode } from '../../api/client';
import type { Registration, ShownEntry } from '../../api/wire';
import { entry, me } from '../../api/wire';
import type { ReceiptCheck } from '../../proving/proving';
import { lastActed } from '../../app/receipts';
import type { PageProps } from '../../app/routes';
import { useStore } from '../../base/store';
import { dayInWords } from '../../text/dates';
import { actorOf, sentenceOf } from '../../text/operations';
import { t } from '../../text/text';
import { Commitment } from '../../ui/commitment';
import { FailureText, OnItsWay, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { useProving, type Proving } from './use_proving';
import { AddressText, Button, ButtonLink, DayText, MomentText, type Row, SummaryList } from '../../ui/pieces';

async function ask(number: string) {
  const [act, person] = await Promise.all([
    get('/api/v1/history/{entry}', entry, { params: { entry: number } }),
    get('/api/v1/me', me),
  ]);
  if (!act.ok) return act;
  if (!person.ok) return person;
  const registration = person.value.registrations.find(({ id }) => id === act.value.reference) ?? null;
  return { ok: true as const, value: { act: act.value, person: person.value.person, registration } };
}

function placeRows(registration: Registration): Row[] {
  return [
    { key: 'kind', name: t('field.kind'), value: t(`kind.${registration.kind}`) },
    { key: 'address', name: t('field.main_address'), value: <AddressText address={registration.address} /> },
    { key: 'since', name: t('registration.since'), value: <DayText day={registration.since} /> },
    ...(registration.until ? [{ key: 'until', name: t('register.until'), value: <DayText day={registration.until} /> }] : []),
    ...(registration.ended ? [{ key: 'ended', name: t('receipt.ended'), value: <DayText day={registration.ended.on} /> }] : []),
  ];
}

/** What this device finds of the entry's commitment, once the receipt is there. */
function useReceiptCheck(act: ShownEntry | undefined, proving: Proving | null, round: number): ReceiptCheck | null {
  const [found, show] = useState<{ act: ShownEntry; round: number; check: ReceiptCheck } | null>(null);
  useEffect(() => act && proving?.followReceipt(act, (check) => show({ act, round, check })), [act, proving, round]);
  return found?.act === act && found?.round === round ? found.check : null;
}

/** A claim of the device's own clock, and shown as one. */
function firstTryRow(first_tried: string): Row {
  const value = <><MomentText moment={first_tried} /><br /><span class="hint">{t('receipt.first-tried.what')}</span></>;
  return { key: 'first', name: t('outbox.first-tried'), value };
}

function ownRows(act: ShownEntry, inLog: ComponentChildren): Row[] {
  const window = lastActed(act.entry)?.filing_window;
  const met = window && t(window.met ? 'receipt.window.met' : 'receipt.window.later', { day: dayInWords(window.last_day) });
  return [
    { key: 'filed', name: t('receipt.filed'), value: <><MomentText moment={act.at} /><br /><span class="code hint">{act.at}</span></> },
    ...(act.first_tried ? [firstTryRow(act.first_tried)] : []),
    ...(met ? [{ key: 'window', name: t('receipt.window'), value: met }] : []),
    { key: 'by', name: t('receipt.by'), value: actorOf(act) },
    { key: 'entry', name: t('receipt.entry'), value: String(act.entry) },
    { key: 'commitment', name: t('receipt.commitment'), value: <Commitment value={act.commitment} /> },
    { key: 'log', name: t('receipt.in-log'), value: <span role="status">{inLog}</span> },
  ];
}

interface SheetProps {
  act: ShownEntry;
  registration: Registration | null;
  name: string;
  /** How its commitment stands to the log. */
  inLog: ComponentChildren;
}

function Sheet({ act, registration, name, inLog }: SheetProps) {
  const test = useStore(mode) === 'test';
  return (
    <article class="receipt" aria-labelledby="receipt-title">
      <header>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="40" height="40" />
        <div>
          <p class="caption">{t('receipt.heading')}</p>
          <h2 id="receipt-title">{sentenceOf(act)}</h2>
        </div>
      </header>
      {test && <p class="stamp">{t('receipt.test')}</p>}
      <SummaryList rows={[...(name ? [{ key: 'name', name: t('receipt.name'), value: <bdi>{name}</bdi> }] : []), ...(registration ? placeRows(registration) : []), ...ownRows(act, inLog)]} />
      <p class="hint">{t('receipt.what')}</p>
    </article>
  );
}

/** The receipt of one act: something to keep. */
export default function ReceiptPage({ params }: PageProps) {
  const number = params.entry ?? '';
  const { value, failure, again } = useLoaded(() => ask(number), number);
  const fresh = lastActed(Number(number)) !== null;
  const [round, next] = useState(0);
  const loaded = useProving(round);
  const proving = loaded === 'missing' ? null : loaded;
  const check = useReceiptCheck(value?.act, proving, round);
  if (!value && !failure) return <OnItsWay words={t('app.loading')} />;
  const person = value?.person;
  const inLog = proving && check ? <proving.ReceiptMark check={check} /> : t(loaded === 'missing' ? 'history.not-checked' : 'receipt.checking');
  const name = person ? [person.given_names, person.family_name].filter(Boolean).join(' ') : '';
  return (
    <Page title={t(fresh ? 'receipt.done' : 'receipt.title')} caption={fresh ? <span class="done" aria-hidden="true" /> : undefined}>
      {failure && <FailureText failure={failure} again={again} />}
      {fresh && <p class="lead">{t('receipt.done.what')}</p>}
      {value && <Sheet act={value.act} registration={value.registration} name={name} inLog={inLog} />}
      {proving && check && <proving.ReceiptWarning check={check} again={() => next(round + 1)} />}
      <p class="actions">
        {value && <Button onClick={() => print()}>{t('receipt.print')}</Button>}
        <ButtonLink second to="home">{t('receipt.home')}</ButtonLink>
      </p>
    </Page>
  );
}
