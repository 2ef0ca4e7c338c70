import { useState } from 'preact/hooks';
import { t } from '../../text/text';
import { Button, Details, MomentText } from '../../ui/pieces';
import { FileButton } from './file_button';
import { fetchTrust, type KeptTrust, site, takeList, takeTrust } from './sources';

type News = 'fetched' | 'taken' | 'unreachable' | 'no-trust-file' | 'list-taken' | 'no-list';

interface Props {
  kept: KeptTrust | null;
  onTrust: (kept: KeptTrust) => void;
  onLists: () => void;
}

/** Whose proofs are taken here, how old that is, and other sources for it. */
export function SourcesView({ kept, onTrust, onLists }: Props) {
  const [news, tell] = useState<News | null>(null);
  const [busy, setBusy] = useState(false);
  const take = (trust: KeptTrust | null, good: News, bad: News) => {
    tell(trust ? good : bad);
    if (trust) onTrust(trust);
  };
  const fetchAnew = () => {
    setBusy(true);
    void fetchTrust().then((trust) => take(trust, 'fetched', 'unreachable')).finally(() => setBusy(false));
  };
  const ownTrust = (file: File) => void file.text().then((text) => take(takeTrust(text, 'file'), 'taken', 'no-trust-file'));
  const ownList = (file: File) =>
    void file.text().then(takeList).then((taken) => {
      tell(taken ? 'list-taken' : 'no-list');
      if (taken) onLists();
    });
  return (
    <Details summary={t('scan.trust')} open={kept === null}>
      <p>{t(kept ? `scan.trust.from.${kept.from}` : 'scan.trust.none')}</p>
      {kept && <ul>{kept.trust.map(({ issuer }) => <li key={issuer}><span class="code">{issuer}</span></li>)}</ul>}
      {kept && <p>{t('scan.trust.at')} <MomentText moment={kept.at} /></p>}
      <p class="hint">{t('scan.trust.what')}</p>
      <p role="status">{news ? t(`scan.trust.${news}`) : ''}</p>
      <div class="actions">
        <Button second busy={busy} onClick={fetchAnew}>{t(site.get() === 'verifier' ? 'scan.trust.again' : 'scan.trust.fetch')}</Button>
        <FileButton label={t('scan.trust.own')} accept=".json,application/json" onFile={ownTrust} />
        <FileButton label={t('scan.list.own')} accept=".jwt,.txt" onFile={ownList} />
      </div>
    </Details>
  );
}
