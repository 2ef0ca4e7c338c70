import { makeStore } from '../base/store';

// Where in the app one is. Paths are below the app's base and have no slash in front: "registrations/AB12/move".

const base = import.meta.env.BASE_URL;

export interface Place {
  path: string;
  /** Grows with each step, so that going to the same path again is a step too. */
  step: number;
}

function pathNow(): string {
  return location.pathname.startsWith(base) ? location.pathname.slice(base.length).replace(/\/+$/, '') : '';
}

export const place = makeStore<Place>({ path: pathNow(), step: 0 });

function arrive(): void {
  place.set({ path: pathNow(), step: place.get().step + 1 });
}

/** The address of a page, for links. */
export function linkTo(path: string): string {
  return base + path;
}

export function goTo(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', linkTo(path));
  else history.replaceState(null, '', linkTo(path));
  arrive();
  scrollTo(0, 0);
}

/** Turns clicks on links inside the app into steps; all other clicks are the browser's. */
function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(base) || (link.hash && link.pathname === location.pathname)) return;
  if (link.pathname.endsWith('.html')) return; // a document of its own, with a policy of its own
  event.preventDefault();
  goTo(link.pathname.slice(base.length));
}

export function startPlaces(): void {
  addEventListener('popstate', arrive);
  document.addEventListener('click', follow);
}
