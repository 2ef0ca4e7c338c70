import { loadArea } from '../text/text';
import { routes } from './all_routes';
import { find } from './routes';

/** Gets what a page is made of while something else is waited for: on a slow connection each wait is long. */
export function loadAhead(path: string): void {
  const found = find(routes, path);
  // What fails here is asked for once more, and told, when the page is opened.
  if (found) void Promise.all([found.route.load(), loadArea(found.route.area)]).catch(() => undefined);
}
