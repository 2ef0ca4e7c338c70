import { useEffect, useRef } from 'preact/hooks';
import type { Fault } from '../../credential';
import { t } from '../../text/text';
import { Button, Details } from '../../ui/pieces';
import type { Checked } from './checking';
import { Says } from './says';
import { isFromHere } from './sources';
import { toneOf, VerdictShape } from './verdict_shape';

/** Reasons that have words of their own, because the two people can mend them on the spot. */
const mendable = ['holder-nonce', 'holder-late', 'holder-unsigned', 'list-over', 'certificate-late'] as const;

function Why({ fault }: { fault: Fault }) {
  const known = mendable.find((one) => one === fault.reason);
  return known ? <p>{t(`scan.why.${known}`)}</p> : null;
}

function Status({ ageS }: { ageS: number | null }) {
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
  return (
    <>
      <p>{t(isFromHere(uri) ? 'scan.list.here' : 'scan.list.elsewhere')}</p>
      {isFromHere(uri) ? <p><Button second busy={busy} onClick={() => onFetchList(uri)}>{t('scan.list.fetch')}</Button></p> : <p class="code">{uri}</p>}
      <p role="status">{failed ? t('scan.list.failed') : ''}</p>
    </>
  );
}

/** One verdict: large, by colour and shape, what it means, what to do, and what the proof says. */
export function VerdictView(props: Props) {
  const { checked, onNext } = props;
  const { verdict, fault, said, statusAgeS } = checked.verification;
  const heading = useRef<HTMLHeadingElement>(null);
  const tone = toneOf(verdict);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [checked]);
  return (
    <section aria-labelledby="verdict">
      <div class={`verdict ${tone}`}>
        <VerdictShape tone={tone} />
        <div>
          <h2 id="verdict" ref={heading} tabIndex={-1}>{t(`scan.${verdict}`)}</h2>
          <p>{t(`scan.${verdict}.means`)}</p>
        </div>
      </div>
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
