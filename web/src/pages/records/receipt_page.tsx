import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { mode } from '../../api/client';
import type { Registration, ShownAct } from '../../api/wire';
import { lastActed } from '../../app/receipts';
import type { PageProps } from '../../app/routes';
import { useStore } from '../../base/store';
import type { ReceiptCheck } from '../../proving/proving';
import { dayInWords } from '../../text/dates';
import { actorOf, sentenceOf } from '../../text/operations';
import { t } from '../../text/text';
import { Commitment } from '../../ui/commitment';
import { FailureText, OnItsWay, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { AddressText, Button, ButtonLink, DayText, MomentText, type Row, SummaryList } from '../../ui/pieces';
import { type Child, pathOf, say, useChild } from '../../ui/whom';
import { MovedTogether } from '../household/moved_together';
import { askForReceipt, type Receipted } from './receipted';
import { requestRows } from './request_rows';
import { type Proving, useProving } from './use_proving';

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
function useReceiptCheck(receipted: Receipted | null, proving: Proving | null, round: number): ReceiptCheck | null {
  const [found, show] = useState<{ receipted: Receipted; round: number; check: ReceiptCheck } | null>(null);
  useEffect(
    () => receipted && proving ? proving.followReceipt({ proof: receipted.proof, commitment: receipted.act.commitment }, (check) => show({ receipted, round, check })) : undefined,
    [receipted, proving, round],
  );
  return found?.receipted === receipted && found?.round === round ? found.check : null;
}

/** A claim of the device's own clock, and shown as one. */
function firstTryRow(first_tried: string): Row {
  const value = <><MomentText moment={first_tried} /><br /><span class="hint">{t('receipt.first-tried.what')}</span></>;
  return { key: 'first', name: t('outbox.first-tried'), value };
}

function actRows(act: ShownAct, child: Child | null, name: string, inLog: ComponentChildren): Row[] {
  const window = lastActed(name)?.filing_window;
  const met = window && t(window.met ? 'receipt.window.met' : 'receipt.window.later', { day: dayInWords(window.last_day) });
  return [
    { key: 'filed', name: t('receipt.filed'), value: <><MomentText moment={act.at} /><br /><span class="code hint">{act.at}</span></> },
    ...(act.first_tried ? [firstTryRow(act.first_tried)] : []),
    ...(met ? [{ key: 'window', name: t('receipt.window'), value: met }] : []),
    { key: 'by', name: t('receipt.by'), value: actorOf(act, child?.name) },
    ...(act.entry === undefined ? [] : [{ key: 'entry', name: t('receipt.entry'), value: String(act.entry) }]),
    { key: 'commitment', name: t('receipt.commitment'), value: <Commitment value={act.commitment} /> },
    { key: 'log', name: t('receipt.in-log'), value: <span role="status">{inLog}</span> },
  ];
}

interface SheetProps {
  receipted: Receipted;
  /** What the receipt goes by in its address. */
  name: string;
  /** How its commitment stands to the log. */
  inLog: ComponentChildren;
}

function Sheet({ receipted: { act, registration, ...about }, name, inLog }: SheetProps) {
  const test = useStore(mode) === 'test';
  const child = useChild();
  const whose = child?.name ?? about.name;
  return (
    <article class="receipt" aria-labelledby="receipt-title">
      <header>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="40" height="40" />
        <div>
          <p class="caption">{t('receipt.heading')}</p>
          <h2 id="receipt-title">{sentenceOf(act, child?.name)}</h2>
        </div>
      </header>
      {test && <p class="stamp">{t('receipt.test')}</p>}
      <SummaryList
        rows={[
          ...(whose ? [{ key: 'name', name: t('receipt.name'), value: <bdi>{whose}</bdi> }] : []),
          ...(registration ? placeRows(registration) : []),
          ...requestRows(act, about),
          ...actRows(act, child, name, inLog),
        ]}
      />
      <p class="hint">{t('receipt.what')}</p>
    </article>
  );
}

/** The receipt of one act, of one's own or for a child: something to keep. */
export default function ReceiptPage({ params }: PageProps) {
  const child = useChild();
  const name = params.entry ?? '';
  const { value, failure, again } = useLoaded(() => askForReceipt(child, name), name);
  const fresh = lastActed(name) !== null;
  const [round, next] = useState(0);
  const loaded = useProving(round);
  const proving = loaded === 'missing' ? null : loaded;
  const check = useReceiptCheck(value, proving, round);
  if (!value && !failure) return <OnItsWay words={t('app.loading')} />;
  const inLog = proving && check ? <proving.ReceiptMark check={check} /> : t(loaded === 'missing' ? 'history.not-checked' : 'receipt.checking');
  return (
    <Page title={say(child, fresh ? 'receipt.done' : 'receipt.title')} caption={fresh ? <span class="done" aria-hidden="true" /> : undefined}>
      {failure && <FailureText failure={failure} again={again} />}
      {fresh && <p class="lead">{say(child, 'receipt.done.what')}</p>}
      {value && <Sheet receipted={value} name={name} inLog={inLog} />}
      {proving && check && <proving.ReceiptWarning check={check} again={() => next(round + 1)} />}
      {value?.left && value.registration && <MovedTogether left={value.left} to={value.registration} />}
      <p class="actions">
        {value && <Button onClick={() => print()}>{t('receipt.print')}</Button>}
        <ButtonLink second to={child ? pathOf(child, '') : 'home'}>{say(child, 'receipt.home')}</ButtonLink>
      </p>
    </Page>
  );
}
