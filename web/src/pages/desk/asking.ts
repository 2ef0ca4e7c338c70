import { type Decoder, parsed, record, recordWith, text } from '../../base/decode';
import { done, type Outcome, refused } from '../../base/outcome';
import { asked, queries, session, view } from './finding';

// The desk of the verifier that serves this page. The access key goes there once, to sign in; what comes back is a cookie
// that no script can see. Nothing of it, and nothing of an answer, is ever kept on the device.

/** Why something did not come about. */
export type Fault =
  /** It did not reach the verifier, as far as the device can tell, or no answer came in time. */
  | 'offline'
  | 'signed-out'
  | 'wrong-key'
  /** The page is open at another address than the verifier's own. */
  | 'elsewhere'
  /** There is no such request any more. */
  | 'gone'
  | 'busy'
  /** What came is no answer of a verifier of this version. */
  | 'unreadable';

type Came<T> = Promise<Outcome<T, Fault>>;

const patience_ms = 20_000;
const problem = recordWith({ type: text }, { field: text });

function faultOf(status: number, body: string): Fault {
  const told = parsed(problem, body);
  if (told === null) return 'unreadable';
  if (status === 403) return told.field === 'key' ? 'wrong-key' : 'elsewhere';
  const known: Readonly<Record<number, Fault>> = { 401: 'signed-out', 404: 'gone', 503: 'busy' };
  return known[status] ?? 'unreadable';
}

async function send<T>(method: 'GET' | 'POST' | 'DELETE', path: string, decoder: Decoder<T>, body?: object): Came<T> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), patience_ms);
  try {
    const answer = await fetch(path, {
      method, credentials: 'same-origin', cache: 'no-store', signal: clock.signal,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const content = await answer.text();
    if (!answer.ok) return refused(faultOf(answer.status, content));
    const value = parsed(decoder, answer.status === 204 ? '{}' : content);
    return value === null ? refused('unreadable') : done(value);
  } catch {
    return refused('offline');
  } finally {
    clearTimeout(timer);
  }
}

const nothing = record({});
const requestPath = (id: string) => `/desk/requests/${encodeURIComponent(id)}`;

export const getSession = () => send('GET', '/desk/session', session);
export const signIn = (key: string) => send('POST', '/desk/session', nothing, { key });
export const signOut = () => send('DELETE', '/desk/session', nothing);
export const getQueries = () => send('GET', '/api/queries', queries);
/** Of the query with this id. */
export const ask = (query: string) => send('POST', '/desk/requests', asked, { query });
export const look = (id: string) => send('GET', requestPath(id), view);
/** From then on nobody has it. */
export const forget = (id: string) => send('DELETE', requestPath(id), nothing);
