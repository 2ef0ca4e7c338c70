import { t } from '../text/text';
import { Link } from '../ui/pieces';
import { say, useChild } from '../ui/whom';
import { Failed } from './failed';
import { inDispute } from './log_view';
import type { ReceiptCheck } from './receipt_check';
import { faultInWords, uncheckableInWords } from './words';

function faultOf(check: Extract<ReceiptCheck, { code: 'failed' }>): string {
  if (check.why !== 'dispute') return t(`tick.receipt.${check.why}`);
  const { code, before, now } = check.standing;
  if (code === 'shrunk') return faultInWords({ code: 'log-shrunk', before: before ?? 0n, now: now ?? 0n });
  return faultInWords({ code: code === 'forked' ? 'log-forked' : 'log-unsigned' });
}

/** The row of a receipt that says how its commitment stands to the log. */
export function ReceiptMark({ check }: { check: ReceiptCheck }) {
  const child = useChild();
  switch (check.code) {
    case 'proven':
      return (
        <>
          <span class="mark proven">{t('tick.receipt.proven', { index: String(check.index), size: String(check.size) })}</span>
          <p class="hint on-screen">{say(child, 'tick.receipt.what')} {!child && <Link to="history">{t('tick.receipt.history')}</Link>}</p>
        </>
      );
    case 'waiting':
      return <span class="mark waiting">{t('tick.waiting')}</span>;
    case 'failed':
      return <span class="mark failed">{t('tick.receipt.failed')}</span>;
    case 'uncheckable':
      return <span class="mark unchecked">{uncheckableInWords(check.why)}</span>;
  }
}

/** What does not fit, and what to do; nothing if all does. */
export function ReceiptWarning({ check, again }: { check: ReceiptCheck; again: () => void }) {
  if (check.code !== 'failed') return null;
  const files = [
    ...(check.file ? [{ name: 'abode.tlog-proof', label: t('tick.failed.save-proof'), content: check.file }] : []),
    ...(check.why === 'dispute' && inDispute(check.standing) ? [{ name: 'abode-log-checkpoints.txt', label: t('tick.failed.save-log'), content: check.standing.evidence.join('\n') }] : []),
  ];
  return <Failed title={t('tick.receipt.fault')} faults={[faultOf(check)]} files={files} again={again} />;
}
