import { useEffect, useRef } from 'preact/hooks';
import type { Fault } from '../../credential';
import { t } from '../../text/text';
import { Button, Details } from '../../ui/pieces';
import type { Checked } from './checking';
import { Says } from './says';
import { canFetch, site } from './sources';
import { type Tone, toneOf, VerdictShape } from './verdict_shape';

/** Reasons that have words of their own, because the two people can mend them on the spot. */
const mendable = ['holder-nonce', 'holder-late', 'holder-unsigned', 'list-over', 'certificate-late'] as const;

function Why({ fault }: { fault: Fault }) {
  const known = mendable.find((one) => one === fault.reason);
  return known ? <p>{t(`scan.why.${known}`)}</p> : null;
}

/** How old the list of withdrawn proofs is that was looked at. */
export function Status({ ageS }: { ageS: number | null }) {
  return ageS === null ? null : <p class="hint">{t('scan.status.age', { hours: Math.floor(ageS / 3600) })}</p>;
}

interface Props {
  checked: Checked;
  /** Fetches the list that a proof names. */
  onFetchList: (uri: string) => void;
  busy: boolean;
  failed: boolean;
  onNext: () => void;
}

function FetchList({ checked, onFetchList, busy, failed }: Omit<Props, 'onNext'>) {
  const uri = checked.verification.said?.status?.uri;
  if (checked.verification.verdict !== 'status-unknown' || uri === undefined) return null;
  const atVerifier = site.get() === 'verifier';
  return (
    <>
      <p>{t(atVerifier ? 'scan.list.verifier' : canFetch(uri) ? 'scan.list.here' : 'scan.list.elsewhere')}</p>
      {canFetch(uri) ? <p><Button second busy={busy} onClick={() => onFetchList(uri)}>{t(atVerifier ? 'scan.list.all' : 'scan.list.fetch')}</Button></p> : <p class="code">{uri}</p>}
      <p role="status">{failed ? t('scan.list.failed') : ''}</p>
    </>
  );
}

interface BoxProps {
  tone: Tone;
  title: string;
  means: string;
  /** What it is a verdict on: another one takes the focus anew. */
  about: unknown;
  /** The heading of the page. */
  top?: boolean;
}

/** A verdict to be read from an arm's length: large, by colour, shape and words. */
export function VerdictBox({ tone, title, means, about, top = false }: BoxProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = top ? 'h1' : 'h2';
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [about]);
  return (
    <div class={`verdict ${tone}`}>
      <VerdictShape tone={tone} />
      <div>
        <Heading id="verdict" ref={heading} tabIndex={-1}>{title}</Heading>
        <p>{means}</p>
      </div>
    </div>
  );
}

/** One verdict: large, by colour and shape, what it means, what to do, and what the proof says. */
export function VerdictView(props: Props) {
  const { checked, onNext } = props;
  const { verdict, fault, said, statusAgeS } = checked.verification;
  return (
    <section aria-labelledby="verdict">
      <VerdictBox tone={toneOf(verdict)} title={t(`scan.${verdict}`)} means={t(`scan.${verdict}.means`)} about={checked} />
      <p class="lead next">{t(`scan.${verdict}.next`)}</p>
      {fault && <Why fault={fault} />}
      <FetchList {...props} />
      {verdict === 'valid' && <p class="note">{t(`scan.shown.${checked.shown}`)}</p>}
      {said && verdict === 'valid' && <div class="card"><Says said={said} now={checked.at} /><Status ageS={statusAgeS} /></div>}
      {said && verdict !== 'valid' && <Details summary={t('scan.claims')}><p>{t('scan.claims.careful')}</p><Says said={said} now={checked.at} /><Status ageS={statusAgeS} /></Details>}
      <p class="actions"><Button onClick={onNext}>{t('scan.next')}</Button></p>
      {fault && <p class="hint">{t('scan.code')} <span class="code">{fault.reason}{fault.subject === null ? '' : ` (${fault.subject})`}</span></p>}
    </section>
  );
}
