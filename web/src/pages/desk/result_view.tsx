import { t } from '../../text/text';
import { useTitle } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { Says } from '../scan/says';
import { type Tone, toneOf } from '../scan/verdict_shape';
import { Status, VerdictBox } from '../scan/verdict_view';
import type { Finding } from './finding';

interface Words {
  tone: Tone;
  title: string;
  means: string;
  next: string;
}

/** Where the words of the page that reads codes would send somebody to what is not here. */
const own = ['holder-not-bound', 'status-unknown', 'untrusted-issuer', 'malformed'] as const;

function wordsOf(finding: Finding): Words {
  if (finding.outcome === 'incomplete')
    return { tone: 'unsure', title: t('desk.incomplete'), means: t('desk.incomplete.means'), next: t('desk.incomplete.next') };
  if (finding.outcome === 'declined')
    return { tone: 'unsure', title: t('desk.declined'), means: t(`desk.declined.${finding.decline}`), next: t(`desk.declined.${finding.decline}.next`) };
  const verdict = finding.outcome === 'shown' ? 'valid' : finding.verdict;
  const here = own.find((one) => one === verdict);
  return { tone: toneOf(verdict), title: t(`scan.${verdict}`), means: t(`scan.${verdict}.means`), next: here ? t(`desk.next.${here}`) : t(`scan.${verdict}.next`) };
}

interface Props {
  finding: Finding;
  /** What was asked for, in words. */
  claims: string;
  /** When it came, in seconds since 1970. */
  at: number;
  busy: boolean;
  onForget: () => void;
}

/** What came of a request. What was shown is there if it is valid, and no longer than until somebody goes on. */
export function ResultView({ finding, claims, at, busy, onForget }: Props) {
  const { tone, title, means, next } = wordsOf(finding);
  useTitle(title);
  return (
    <section aria-labelledby="verdict">
      <VerdictBox top tone={tone} title={title} means={means} about={finding} />
      <p class="lead next">{next}</p>
      {finding.outcome === 'shown' && (
        <>
          <p class="note">{t('desk.by-holder')}</p>
          <div class="card"><Says said={finding.said} now={at} /><Status ageS={finding.statusAgeS} /></div>
          {finding.showedMore && <p>{t('desk.showed-more')}</p>}
        </>
      )}
      <p class="hint">{t('desk.asked-for', { claims })}</p>
      <p class="actions"><Button busy={busy} onClick={onForget}>{t('desk.forget')}</Button></p>
      {finding.outcome === 'refused' && <p class="hint">{t('scan.code')} <span class="code" lang="en">{finding.why}</span></p>}
    </section>
  );
}
