import { mode } from '../api/client';
import { useStore } from '../base/store';
import { type MessageId, t } from '../text/text';
import { LanguageMenu } from '../ui/language_menu';
import { inFront, onTheirWay } from '../ui/loading';
import { Button } from '../ui/pieces';
import { leaveQuickly } from './leave';
import { linkTo } from './places';
import { signedIn } from './session';

const pages: readonly [path: string, name: MessageId][] = [
  ['home', 'app.home'],
  ['history', 'app.history'],
  ['inbox', 'app.inbox'],
  ['codes', 'app.codes'],
  ['proofs', 'app.proofs'],
  ['account', 'app.account'],
];

function Navigation({ path }: { path: string }) {
  return (
    <nav aria-label={t('app.pages')}>
      <ul>
        {pages.map(([to, name]) => (
          <li key={to}><a href={linkTo(to)} aria-current={path === to ? 'page' : undefined}>{t(name)}</a></li>
        ))}
      </ul>
    </nav>
  );
}

export function Header({ path }: { path: string }) {
  const official = path === 'staff' || path.startsWith('staff/');
  const known = useStore(signedIn) && !official; // who is both has two sessions, and each its own pages
  const test = useStore(mode) === 'test';
  return (
    <header>
      {test && <p class="mode">{t('app.test-mode')}</p>}
      <div class={known ? 'bar known' : 'bar'}>
        <a class="brand" href={linkTo(official ? 'staff' : known ? 'home' : '')}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="32" height="32" />
          <span class="word">{t('app.name')}</span>
        </a>
        <div class="tools">
          <LanguageMenu />
          {known && <Button quiet onClick={leaveQuickly}>{t('app.leave')}</Button>}
        </div>
        {known && <Navigation path={path} />}
      </div>
    </header>
  );
}

const publicPages: readonly [path: string, name: MessageId][] = [
  ['about', 'app.about'],
  ['privacy', 'app.privacy'],
  ['rules', 'app.rules'],
  ['openings', 'app.openings'],
  ['log', 'app.log'],
];

/** Not before the page above it is there. */
export function Footer({ ready }: { ready: boolean }) {
  const waiting = useStore(onTheirWay) > 0;
  const covered = useStore(inFront) > 0;
  return (
    <footer hidden={!ready || (waiting && !covered)}>
      <p>{t('app.promise')}</p>
      <ul>
        {publicPages.map(([to, name]) => <li key={to}><a href={linkTo(to)}>{t(name)}</a></li>)}
        <li><a href={linkTo('scan.html')}>{t('app.check-proof')}</a></li>
        <li><a href={linkTo('staff')}>{t('app.officials')}</a></li>
      </ul>
    </footer>
  );
}
