import { get } from '../../api/client';
import { momentInWords } from '../../text/dates';
import { rich, t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Details, Link, MomentText, type Row, SummaryList } from '../../ui/pieces';
import { type LogStatus, logStatus } from './answers';
import { type LogLook, useLook, Verdict } from './log_verdict';
import { agoInWords, dueInWords } from './log_words';
import { Code, English, Section } from './sections';

/** The page's own time: ages on it are counted to one moment. */
const asked = async () => {
  const answer = await get('/api/v1/log', logStatus, { gated: false });
  return answer.ok ? { ok: true as const, value: { status: answer.value, now: new Date().toISOString() } } : answer;
};

interface Props {
  status: LogStatus;
  now: string;
}

function ageOf({ status, now }: Props): string {
  if (status.quorum_at) return t('log.age.witnessed', { ago: agoInWords(status.quorum_at, now) ?? status.quorum_at });
  if (status.epoch) return t('log.age.epoch', { ago: agoInWords(status.epoch.closed_at, now) ?? status.epoch.closed_at });
  return t('log.age.unknown');
}

/** How large it is: by the checkpoint that was checked here, else as the register says. */
function sizeOf(status: LogStatus, found: LogLook | null): string {
  const size = found && 'now' in found && found.now !== null ? Number(found.now) : status.shown_size;
  return size === null ? t('log.size.none') : t('log.size.count', { count: size });
}

function Standing({ status, now, found }: Props & { found: LogLook | null }) {
  const waiting = status.signed_size - (status.shown_size ?? 0);
  const rows: Row[] = [
    { key: 'size', name: t('log.size'), value: sizeOf(status, found) },
    { key: 'age', name: t('log.age'), value: ageOf({ status, now }) },
    ...(waiting > 0 ? [{ key: 'waiting', name: t('log.waiting'), value: t('log.waiting.count', { count: waiting }) }] : []),
  ];
  return (
    <Section id="standing" title={t('log.standing')}>
      <SummaryList rows={rows} />
      <Details summary={t('log.names')}>
        <SummaryList rows={[{ key: 'name', name: t('log.name'), value: <Code>{status.origin}</Code> }, { key: 'key', name: t('log.key'), value: <Code>{status.key}</Code> }]} />
        <p>{rich('log.files', { checkpoint: (words) => <a href="/checkpoint">{words}</a>, key: (words) => <a href="/log.vkey">{words}</a> })}</p>
      </Details>
    </Section>
  );
}

function Epochs({ status: { epoch }, now }: Props) {
  return (
    <Section id="epochs" title={t('log.epochs')}>
      <p>{t('log.epochs.what')}</p>
      {!epoch && <p>{t('log.epochs.none')}</p>}
      {epoch && (
        <SummaryList
          rows={[
            { key: 'number', name: t('log.epoch.number'), value: String(epoch.number) },
            { key: 'closed', name: t('log.epoch.closed'), value: <span><MomentText moment={epoch.closed_at} /> ({agoInWords(epoch.closed_at, now)})</span> },
            { key: 'due', name: t('log.epoch.due'), value: <span><time dateTime={epoch.next_due_at}>{momentInWords(epoch.next_due_at)}</time> ({dueInWords(epoch.next_due_at, now)})</span> },
            { key: 'covers', name: t('log.epoch.covers'), value: t('log.size.count', { count: epoch.covered }) },
            { key: 'places', name: t('log.epoch.places'), value: t('log.epoch.places.count', { count: epoch.positions }) },
          ]}
        />
      )}
    </Section>
  );
}

function Witnesses({ status: { witnesses, cosigners } }: { status: LogStatus }) {
  const signed = (name: string) => cosigners.includes(name);
  return (
    <Section id="witnesses" title={t('log.witnesses')}>
      <p>{t(witnesses.length === 0 ? 'log.witnesses.none' : 'log.witnesses.what')}</p>
      <ul class="plain">
        {witnesses.map((name) => (
          <li key={name} class={signed(name) ? 'signed' : undefined}>
            <Code>{name}</Code><p>{t(signed(name) ? 'log.witness.signed' : 'log.witness.not-yet')}</p>
          </li>
        ))}
      </ul>
      {witnesses.length > 0 && <p class="hint">{t('log.witnesses.own')}</p>}
    </Section>
  );
}

const command = 'abode audit history.json --policy witnesses.policy';

function HowToCheck() {
  return (
    <Section id="how" title={t('log.how')}>
      <p>{rich('log.how.file', { link: (words) => <Link to="history">{words}</Link> })}</p>
      <p>{t('log.how.audit')}</p>
      <pre class="code" dir="ltr"><English>{command}</English></pre>
      <ul class="plain">
        <li><b><Code>{'accepted'}</Code></b><p>{t('log.how.accepted')}</p></li>
        <li><b><Code>{'incomplete'}</Code></b><p>{t('log.how.incomplete')}</p></li>
        <li><b><Code>{'rejected'}</Code></b><p>{t('log.how.rejected')}</p></li>
      </ul>
      <p>{t('log.how.key')}</p>
      <h3>{t('log.limits')}</h3>
      <ul class="never">
        <li>{t('log.limits.newest')}</li>
        <li>{t('log.limits.operator')}</li>
        <li>{t('log.limits.truth')}</li>
      </ul>
    </Section>
  );
}

/** A register that has shown a checkpoint before, and has none to give now, is busy and not new. */
function toldOf(found: LogLook | null, status: LogStatus): LogLook | null {
  return found?.code === 'no-checkpoint' && status.shown_size !== null ? { code: 'unreachable' } : found;
}

/** How the public log stands, as the register says and as this device finds it. */
export default function LogPage() {
  const loaded = useLoaded(asked);
  const { found, again } = useLook();
  const all = { ...loaded, again: () => [loaded.again, again].forEach((one) => one()) };
  return (
    <LoadedPage title={t('log.title')} loaded={all}>
      {({ status, now }) => (
        <>
          <p class="lead">{t('log.lead')}</p>
          <Section id="check" title={t('log.check')}><Verdict found={toldOf(found, status)} again={again} /></Section>
          <Standing status={status} now={now} found={found} />
          <Epochs status={status} now={now} />
          <Witnesses status={status} />
          <HowToCheck />
        </>
      )}
    </LoadedPage>
  );
}
