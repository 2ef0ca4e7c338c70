import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { waiting } from '../api/gate';
import { useStore } from '../base/store';
import { GatePage } from '../pages/sign-in/gate_page';
import { language, loadArea, t } from '../text/text';
import { Page } from '../ui/page';
import { Button, Link } from '../ui/pieces';
import { routes } from './all_routes';
import { Footer, Header } from './frame';
import { type Place, place } from './places';
import { find, type PageProps } from './routes';

interface Shown {
  at: Place;
  Content: ComponentType<PageProps>;
  params: PageProps['params'];
}

function NotFound() {
  return <Page title={t('app.not-found')}><p>{t('app.not-found.what')}</p><p><Link to="">{t('app.to-start')}</Link></p></Page>;
}

/** The page's own files could not be had. */
function NotLoaded() {
  return (
    <Page title={t('app.not-loaded')}>
      <p>{t('problem.offline')}</p>
      <p class="actions"><Button onClick={() => location.reload()}>{t('app.try-again')}</Button></p>
    </Page>
  );
}

async function load(at: Place): Promise<Shown> {
  const found = find(routes, at.path);
  if (!found) return { at, Content: NotFound, params: {} };
  try {
    const [module] = await Promise.all([found.route.load(), loadArea(found.route.area)]);
    return { at, Content: module.default, params: found.params };
  } catch {
    return { at, Content: NotLoaded, params: {} };
  }
}

/** The page of the present place; the one before until its files are there. */
function useShown(): Shown | null {
  const at = useStore(place);
  const [shown, show] = useState<Shown | null>(null);
  useEffect(() => {
    let wanted = true;
    void load(at).then((next) => wanted && show(next));
    return () => {
      wanted = false;
    };
  }, [at]);
  return shown;
}

export function App() {
  useStore(language); // everything is drawn again in another language, and keeps what was typed
  const shown = useShown();
  const gate = useStore(waiting);
  return (
    <>
      <a class="skip" href="#main">{t('app.skip')}</a>
      <Header path={shown?.at.path ?? ''} />
      <main id="main" tabIndex={-1}>
        {gate && <GatePage key={gate.gate} gate={gate.gate} onPassed={() => gate.settle(true)} onGivenUp={() => gate.settle(false)} />}
        <div id="page" hidden={gate !== null}>
          {shown && <shown.Content key={`${shown.at.path} ${shown.at.step}`} params={shown.params} />}
        </div>
      </main>
      <Footer ready={shown !== null} />
    </>
  );
}
