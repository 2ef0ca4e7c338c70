import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../text/text';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { QrPicture } from '../../ui/qr';
import { type Fault, forget, look } from './asking';
import type { News } from './choose_view';
import type { Query, View } from './finding';
import { ResultView } from './result_view';
import { claimsOf, faultInWords, titleOf } from './words';

const pause_ms = 2_000;

interface Props {
  id: string;
  all: readonly Query[];
  onEnd: (news: News) => void;
  onSignedOut: () => void;
}

/**
 * Asks again and again what came of it, until something did; then waits until it is over, and it goes from the screen. It goes from there, too,
 * when the page is left, also where the browser keeps the page as it is for "back"; and is asked for again when the page is back.
 */
function useAnswer({ id, onEnd, onSignedOut }: Omit<Props, 'all'>, forgotten: Readonly<{ current: boolean }>) {
  const [state, show] = useState<{ view: View | null; at: number; fault: Fault | null }>({ view: null, at: 0, fault: null });
  const ways = useRef({ onEnd, onSignedOut });
  ways.current = { onEnd, onSignedOut };
  useEffect(() => {
    let timer = 0;
    let round = 0;
    let shown = false;
    const later = (work: () => void, delay_ms: number) => {
      timer = window.setTimeout(work, delay_ms);
    };
    const ask = async () => {
      window.clearTimeout(timer);
      const own = ++round;
      const came = await look(id);
      if (own !== round) return; // asked again or left meanwhile
      shown = came.ok && came.value.result !== undefined;
      if (!came.ok && came.why === 'gone') return ways.current.onEnd('over');
      if (!came.ok && came.why === 'signed-out') return ways.current.onSignedOut();
      if (!came.ok) show((before) => ({ ...before, fault: came.why }));
      else show({ view: came.value, at: Math.floor(Date.now() / 1000), fault: null });
      if (came.ok && came.value.result) later(() => ways.current.onEnd('cleared'), came.value.seconds_left * 1000);
      else later(() => void ask(), pause_ms);
    };
    const hide = () => {
      ++round;
      window.clearTimeout(timer);
      show({ view: null, at: 0, fault: null });
    };
    // A timer stands still while the device sleeps.
    const lookAgain = () => void (document.visibilityState === 'visible' && ask());
    addEventListener('pagehide', hide);
    addEventListener('pageshow', lookAgain);
    document.addEventListener('visibilitychange', lookAgain);
    void ask();
    return () => {
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', lookAgain);
      document.removeEventListener('visibilitychange', lookAgain);
      hide();
      if (shown && !forgotten.current) void forget(id);
    };
  }, [id]);
  return state;
}

function Waiting({ view, fault, query, busy, onForget }: { view: View; fault: Fault | null; query: Query; busy: boolean; onForget: () => void }) {
  return (
    <Page title={titleOf(query)}>
      <p class="lead">{t('desk.scan-it')}</p>
      {view.link && <div class="showing"><QrPicture large text={view.link} label={t('desk.qr')} /></div>}
      <p role="status">{fault ? faultInWords(fault) : t('desk.waiting')}</p>
      <p class="hint">{t('desk.minutes', { minutes: Math.ceil(view.seconds_left / 60) })}</p>
      <p>{t('desk.asks-for', { claims: claimsOf(query) })}</p>
      <p class="actions"><Button second busy={busy} onClick={onForget}>{t('desk.take-back')}</Button></p>
    </Page>
  );
}

/** One request: its code for wallets, and then what came of it. */
export function AskedView({ all, ...props }: Props) {
  const forgotten = useRef(false);
  const { view, at, fault } = useAnswer(props, forgotten);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    const came = await forget(props.id);
    forgotten.current = true;
    if (!came.ok && came.why === 'signed-out') return props.onSignedOut();
    // Gone from the screen in any case; the verifier has it for some minutes more if it could not be told.
    props.onEnd(came.ok || came.why === 'gone' ? 'forgotten' : 'cleared');
  };
  const onForget = () => void end();
  const query = all.find((one) => one.id === view?.query);
  if (view?.result && query) return <ResultView finding={view.result} claims={claimsOf(query)} at={at} busy={busy} onForget={onForget} />;
  if (view && query) return <Waiting view={view} fault={fault} query={query} busy={busy} onForget={onForget} />;
  return <p role="status">{fault ? faultInWords(fault) : t('app.loading')}</p>;
}
