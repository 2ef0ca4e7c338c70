import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../../base/store';
import { language, t } from '../../text/text';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { Frame } from '../scan/frame';
import { type Fault, getQueries, getSession, signOut } from './asking';
import { AskedView } from './asked_view';
import { ChooseView, type News } from './choose_view';
import type { Query } from './finding';
import { SignInView } from './sign_in_view';
import { Trouble } from './trouble';

/** The request that is open here: after the "#", so that a reload finds it again. Its id alone shows nobody anything. */
const idInAddress = () => location.hash.slice(1);

function putInAddress(id: string): void {
  if (id) history.pushState(null, '', `#${id}`);
  else history.replaceState(null, '', location.pathname); // what is over is no step to go back to
}

/** The open request's id, which the browser's own buttons may change. */
function useRequest(): [id: string, open: (id: string) => void] {
  const [id, show] = useState(idInAddress);
  useEffect(() => {
    const follow = () => show(idInAddress());
    addEventListener('popstate', follow);
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener('hashchange', follow);
    };
  }, []);
  const open = (next: string) => {
    putInAddress(next);
    show(next);
  };
  return [id, open];
}

/** For somebody who is signed in. */
function Work({ onSignedOut }: { onSignedOut: () => void }) {
  const [id, open] = useRequest();
  const [all, setAll] = useState<readonly Query[]>([]);
  const [fault, tell] = useState<Fault | null>(null);
  const [news, setNews] = useState<News | null>(null);
  const load = () =>
    void getQueries().then((came) => {
      tell(came.ok ? null : came.why);
      if (came.ok) setAll(came.value.queries);
    });
  useEffect(load, []);
  const end = (what: News) => {
    setNews(what);
    open('');
  };
  const asked = (next: string) => {
    setNews(null);
    open(next);
  };
  const out = () => {
    open('');
    onSignedOut();
  };
  const [first, ...others] = all;
  if (fault) return <Page title={t('desk.choose')}><Trouble fault={fault} onAgain={load} /></Page>;
  if (!first) return <p role="status">{t('app.loading')}</p>;
  if (id) return <AskedView key={id} id={id} all={all} onEnd={end} onSignedOut={out} />;
  return <ChooseView all={[first, ...others]} news={news} onAsked={asked} onSignedOut={out} />;
}

/** `stuck`: somebody wanted out, and the desk could not be told. */
type State = 'starting' | 'out' | 'ended' | 'in' | { stuck: Fault } | Fault;

/** The desk of those who ask wallets. */
export function DeskApp() {
  useStore(language); // everything is drawn again in another language
  const [state, become] = useState<State>('starting');
  const [name, setName] = useState('');
  const start = () =>
    void getSession().then((came) => {
      if (came.ok) setName(came.value.name);
      become(came.ok ? (came.value.signed_in ? 'in' : 'out') : came.why);
    });
  useEffect(start, []);
  const leave = () =>
    void signOut().then((came) => {
      putInAddress('');
      become(came.ok || came.why === 'signed-out' ? 'out' : { stuck: came.why });
    });
  const content = () => {
    if (state === 'starting') return <p role="status">{t('app.loading')}</p>;
    if (state === 'in') return <Work onSignedOut={() => become('ended')} />;
    if (state === 'out' || state === 'ended') return <SignInView ended={state === 'ended'} onIn={() => become('in')} />;
    if (typeof state === 'object') return <Page title={t('desk.sign-out')}><p class="lead">{t('desk.still-in')}</p><Trouble fault={state.stuck} onAgain={leave} /></Page>;
    return <Page title={t('desk.sign-in')}><Trouble fault={state} onAgain={start} /></Page>;
  };
  return (
    <Frame
      brand={name || t('app.name')} among="desk.html" tools={state === 'in' && <Button quiet onClick={leave}>{t('desk.sign-out')}</Button>}
      footer={<><p>{t('desk.promise')}</p><ul><li><a href="/">{t('desk.plain')}</a></li></ul></>}
    >
      {content()}
    </Frame>
  );
}
