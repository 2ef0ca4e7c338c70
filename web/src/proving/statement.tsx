// What is proven of a history as a whole, and until when; or what is not.
import type { ComponentChildren } from 'preact';
import { get } from '../api/client';
import { list, record, text } from '../base/decode';
import type { AuditReport } from '../log';
import { momentInWords } from '../text/dates';
import { type MessageId, t } from '../text/text';
import { useLoaded } from '../ui/loading';
import { Button, Details } from '../ui/pieces';
import { Failed } from './failed';
import type { Audited, HistoryCheck } from './history_check';
import { faultsOf, newerThanShown } from './judging';
import type { ShownList } from './judging';
import type { Uncheckable } from './log_view';
import { faultInWords, standingInWords, uncheckableInWords } from './words';

const logStatus = record({ witnesses: list(text) });

/** The API names witnesses, but not whom to believe: what they signed is not checked here, which is said. */
function WitnessText() {
  const { value } = useLoaded(() => get('/api/v1/log', logStatus, { gated: false }));
  if (!value) return <>{t('tick.limits.witnesses.unknown')}</>;
  const names = value.witnesses.join(', ');
  return <>{names === '' ? t('tick.limits.witnesses.none') : t('tick.limits.witnesses', { names })}</>;
}

const limits = ['tick.limits.past', 'tick.limits.end', 'tick.limits.second', 'tick.limits.truth', 'tick.limits.names', 'tick.limits.key'] as const satisfies readonly MessageId[];

function Limits() {
  return (
    <Details summary={t('tick.limits')}>
      <ul>
        {limits.map((id) => <li key={id}>{t(id)}</li>)}
        <li><WitnessText /></li>
      </ul>
      <p>{t('tick.limits.yourself')} <code>{'abode audit abode-history.json'}</code></p>
    </Details>
  );
}

function atSecond(seconds: number): string {
  return momentInWords(new Date(seconds * 1000).toISOString());
}

/** What of the register's counts did not come as it should. */
function CountsMissing({ report: { epochs } }: { report: AuditReport }) {
  if (epochs === null || epochs.newest === null) return null;
  return (
    <>
      {epochs.overdue !== null && <p>{t('tick.epoch.overdue', { due: atSecond(epochs.overdue) })}</p>}
      {epochs.missing.length > 0 && <p>{t('tick.epoch.missing')}</p>}
    </>
  );
}

/** Until when it is shown that none is missing at the end. */
function EpochText({ report: { epochs, rows } }: { report: AuditReport }) {
  if (epochs === null || epochs.newest === null) return <p>{t('tick.epoch.none')}</p>;
  const { newest, bound, overdue } = epochs;
  const until = atSecond(newest.time);
  const next = atSecond(newest.time + newest.length);
  return (
    <>
      {bound > 0 && <p>{t('tick.epoch', { until, number: String(newest.number), bound })}</p>}
      {bound < rows.length && overdue === null && <p>{t(bound === 0 ? 'tick.epoch.none-yet' : 'tick.epoch.rest', { count: rows.length - bound, next })}</p>}
    </>
  );
}

/** How far it is shown: until when, and since which look at the log. Folded away, so that the history itself is in sight. */
function HowFar({ report, standing }: Audited) {
  return (
    <Details summary={t('tick.how-far')}>
      <EpochText report={report} />
      {standing.code !== 'unproven' && <p>{standingInWords(standing)}</p>}
    </Details>
  );
}

function Good({ audited, shown, again }: { audited: Audited; shown: ShownList; again: () => void }) {
  const { report, standing } = audited;
  const count = report.rows.length;
  const waiting = report.notYetProvable.length;
  const newer = newerThanShown(audited, shown);
  return (
    <section class={waiting > 0 ? 'proving under-way' : 'proving good'} aria-labelledby="proving-title">
      <h2 id="proving-title">{waiting > 0 ? t('tick.some', { proven: count - waiting, count }) : t('tick.all', { count })}</h2>
      <p>{t('tick.what')}</p>
      {waiting > 0 && <p>{t('tick.some.waiting', { count: waiting })}</p>}
      <CountsMissing report={report} />
      {standing.code === 'unproven' && <p>{standingInWords(standing)}</p>}
      {standing.otherLogs.length > 0 && <p>{t('tick.log.other')}</p>}
      {newer > 0 && <p>{t('tick.newer', { count: newer })} <Button quiet onClick={again}>{t('tick.newer.show')}</Button></p>}
      <HowFar {...audited} />
      <Limits />
    </section>
  );
}

function Unchecked({ why, again }: { why: Uncheckable; again: () => void }) {
  return (
    <section class="proving unchecked" aria-labelledby="proving-title">
      <h2 id="proving-title">{t(why === 'device' ? 'tick.uncheckable.here' : 'tick.uncheckable')}</h2>
      <p>{uncheckableInWords(why)}</p>
      <p class="actions"><Button second onClick={again}>{t('tick.again')}</Button></p>
    </section>
  );
}

function historyFile(content: Uint8Array) {
  return { name: 'abode-history.json', label: t('tick.failed.save-file'), content };
}

function logFile(notes: readonly string[]) {
  return { name: 'abode-log-checkpoints.txt', label: t('tick.failed.save-log'), content: notes.join('\n') };
}

/** So many are told one by one; a thousand are told by a few. */
const maxFaults = 6;

function AuditedText({ audited, shown, again }: { audited: Audited; shown: ShownList; again: () => void }) {
  const faults = faultsOf(audited, shown, Date.now());
  if (faults.length === 0) return <Good audited={audited} shown={shown} again={again} />;
  const told = faults.slice(0, maxFaults).map(faultInWords);
  if (faults.length > maxFaults) told.push(t('tick.failed.more', { count: faults.length - maxFaults }));
  const { evidence } = audited.standing;
  const files = [historyFile(audited.file), ...(evidence.length > 0 ? [logFile(evidence)] : [])];
  return <Failed title={t('tick.failed')} faults={told} files={files} again={again} />;
}

/** What a check of the history found. */
export function Statement({ check, shown, again }: { check: HistoryCheck; shown: ShownList; again: () => void }): ComponentChildren {
  if (check.code === 'uncheckable') return <Unchecked why={check.why} again={again} />;
  if (check.code === 'audited') return <AuditedText audited={check} shown={shown} again={again} />;
  return <Failed title={t('tick.failed')} faults={[t('tick.fault.file')]} files={[historyFile(check.file)]} again={again} />;
}
