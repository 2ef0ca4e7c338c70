import { useEffect, useRef, useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import { outcome, sendNow } from '../../app/sending';
import { useStore } from '../../base/store';
import { isStale, outbox, takeOut } from '../../drafts/outbox';
import { t } from '../../text/text';
import { faultOf } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, MomentText, Note } from '../../ui/pieces';
import { carried, goToFaults, path, placing } from './draft';

/** A registration that waits on this device until there is a connection. */
export default function WaitingPage() {
  const request = useStore(outbox).find((one) => one.path === path);
  const came = useStore(outcome);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const leaving = useRef(false);
  const leave = (to: string) => {
    leaving.current = true;
    outcome.set(null);
    goTo(to, 'replace');
  };
  useEffect(() => {
    if (leaving.current) return;
    if (came && 'sent' in came) leave(`receipts/${came.sent.receipt.entry}`);
    else if (came) {
      const faults = [faultOf(came.refused, placing)];
      leaving.current = true;
      outcome.set(null);
      if (goToFaults(faults)) return;
      carried.set(faults);
      leave('register/check');
    } else if (!request) leave('home');
  }, [came, request]);
  if (!request) return null;
  const send = () => {
    setBusy(true);
    void sendNow().finally(() => {
      setBusy(false);
      setTried(true);
    });
  };
  const stop = () => {
    leaving.current = true;
    takeOut(request.key);
    leave('register/check');
  };
  return (
    <Page title={t('outbox.title')}>
      <p class="lead">{t('outbox.what')}</p>
      <dl class="rows"><div><dt>{t('outbox.first-tried')}</dt><dd><MomentText moment={request.first_tried} /></dd></div></dl>
      {isStale(request, new Date()) ? <Note><p>{t('outbox.stale')}</p></Note> : <><p>{t('outbox.once')}</p><p>{t('outbox.says-when')}</p></>}
      {tried && !busy && <Note><p>{t('outbox.not-yet')}</p></Note>}
      <p class="actions">
        {!isStale(request, new Date()) && <Button busy={busy} onClick={send}>{t('outbox.send')}</Button>}
        <Button second onClick={stop}>{t('outbox.stop')}</Button>
      </p>
    </Page>
  );
}
