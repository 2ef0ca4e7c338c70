import { useEffect, useRef, useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import { nameOfReceipt } from '../../app/receipts';
import { dropOutcome, outcomes, sendNow } from '../../app/sending';
import { useStore } from '../../base/store';
import { isFor, isStale, outbox, takeBack } from '../../drafts/outbox';
import { t } from '../../text/text';
import { faultOf } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, MomentText, Note } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { carried, goToFaults, placing } from './draft';

/** A registration that waits on this device until there is a connection. */
export default function WaitingPage() {
  const child = useChild();
  const whom = child?.id ?? null;
  const request = useStore(outbox).find(isFor(whom));
  const came = useStore(outcomes).find((one) => one.child === whom);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const leaving = useRef(false);
  const leave = (to: string) => {
    leaving.current = true;
    dropOutcome(whom);
    goTo(to === 'home' ? to : pathOf(child, to), 'replace');
  };
  useEffect(() => {
    if (leaving.current) return;
    if (came && 'sent' in came) leave(`receipts/${nameOfReceipt(came.sent.receipt)}`);
    else if (came) {
      const faults = [faultOf(came.refused, placing)];
      leaving.current = true;
      dropOutcome(whom);
      if (goToFaults(faults, child)) return;
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
    takeBack(request);
    leave('register/check');
  };
  return (
    <Page title={say(child, 'outbox.title')}>
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
