import type { Decoder } from '../base/decode';
import { decoded, parsed, text } from '../base/decode';
import { makeStore } from '../base/store';
import { forgotten } from '../drafts/owner';
import { keep, kept } from '../drafts/storage';
import { pass, type Who } from './gate';
import type { paths } from './openapi';
import { problem } from './wire';

/** What came of a request that did not do what it should. */
export type Failure =
  /** The register said no: `type` is the last part of the problem's type, such as `invalid`. */
  | { kind: 'refused'; type: string; status: number; detail: string; field: string | null }
  /** It did not reach the register, as far as the device can tell. */
  | { kind: 'offline' }
  /** No answer came in time: it may have been done. */
  | { kind: 'timeout' }
  /** What came is no answer of a register. */
  | { kind: 'unreadable' }
  /** Somebody was to sign in for it and did not. */
  | { kind: 'given-up' };

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

type Method = 'get' | 'post' | 'delete';
type PathsOf<M extends Method> = { [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never }[keyof paths];
type BodyOf<P extends keyof paths> = paths[P] extends { post: { requestBody?: { content: { 'application/json': infer B } } } }
  ? B
  : Record<string, never>;
type ContentOf<R> = R extends { content: { 'application/json': infer C } } ? C : never;
/** What the API's description says a good answer holds. */
type AnswerOf<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: { responses: infer R } }
  ? ContentOf<R[keyof R & (200 | 201)]>
  : never;
/** A decoder that wants nothing but what the description promises: one that does is an error of the compiler. */
type DecoderFor<T, A> = Decoder<T> & ([A] extends [T] ? unknown : { the_description_says_otherwise: A });
type Params = Readonly<Record<string, string | number>>;

/** The path about a child that is like one about oneself: below the guardianship. */
type OfChild<P extends string> = P extends `/api/v1/${infer Rest}` ? keyof paths & `/api/v1/children/{child}/${Rest}` : never;
/** Paths that there are for oneself and for a child. */
export type SharedPaths<M extends Method> = {
  [P in PathsOf<M>]: [OfChild<P>] extends [never] ? never : OfChild<P> extends PathsOf<M> ? P : never;
}[PathsOf<M>];
type EitherAnswer<P extends keyof paths, M extends Method> = AnswerOf<P, M> | AnswerOf<OfChild<P>, M>;
type EitherBody<P extends keyof paths> = BodyOf<P> & BodyOf<OfChild<P>>;

export interface Options {
  /** Of `{id}` and the like in the path. */
  params?: Params;
  query?: Params;
  /** The same for each repetition of one and the same request; a fresh one if left out. */
  key?: string;
  /** False: who is not signed in hears so, and is not asked to. */
  gated?: boolean;
  /** How long to wait for the answer, if it may be a long one. */
  patience_ms?: number;
}

const patience_ms = 20_000;
const pause_ms = 2_000;
const attempts = 3;

/** Whether this register serves specimens ("test") or people ("live"), as it last said on this device; null until it did. */
export const mode = makeStore(parsed(text, kept('mode') ?? 'null'));

/** 128 random bits, as an Idempotency-Key. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function address(path: string, { params = {}, query = {} }: Options): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return asked ? `${filled}?${asked}` : filled;
}

/** The same about a child, if one is named (by the guardianship). */
function eitherAddress(path: string, child: string | null, options: Options): string {
  if (child === null) return address(path, options);
  return address(path.replace('/api/v1/', '/api/v1/children/{child}/'), { ...options, params: { ...options.params, child } });
}

interface Sent {
  method: Method;
  url: string;
  body?: string;
  key: string;
  /** When it was first tried, of what had to wait (RFC 3339). */
  first_tried?: string;
  patience_ms?: number | undefined;
}

function refusal(status: number, body: string): Failure {
  const told = parsed(problem, body);
  if (!told) return { kind: 'unreadable' };
  return { kind: 'refused', type: told.type.split(':').pop() ?? '', status, detail: told.detail, field: told.field ?? null };
}

/** One time there and back. */
async function sendOnce(sent: Sent): Promise<{ ok: true; body: string } | { ok: false; failure: Failure }> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), sent.patience_ms ?? patience_ms);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (sent.method !== 'get') headers['Idempotency-Key'] = sent.key;
  if (sent.first_tried !== undefined) headers['First-Tried'] = sent.first_tried;
  if (sent.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const answer = await fetch(sent.url, {
      method: sent.method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: clock.signal,
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    const body = await answer.text();
    const told = answer.headers.get('Abode-Mode');
    if (told) {
      keep('mode', told);
      mode.set(told);
    }
    return answer.ok ? { ok: true, body } : { ok: false, failure: refusal(answer.status, body) };
  } catch {
    return { ok: false, failure: { kind: clock.signal.aborted ? 'timeout' : 'offline' } };
  } finally {
    clearTimeout(timer);
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, pause_ms));

/** True where sending it again may do better; with its key it has one effect however often it is sent. */
function passes(failure: Failure): boolean {
  if (failure.kind === 'offline') return navigator.onLine;
  return failure.kind === 'refused' && failure.type === 'busy';
}

function gateFor(failure: Failure) {
  if (failure.kind !== 'refused') return null;
  if (failure.status === 401) return 'sign-in' as const;
  return failure.type === 'stale-sign-in' ? ('fresh-sign-in' as const) : null;
}

const whose = (url: string): Who => (url.startsWith('/api/v1/staff/') ? 'official' : 'person');

/** Sends it until there is an answer, as often as that may help; gives the answer's body. */
async function sendText(sent: Sent, gated: boolean): Promise<Answer<string>> {
  const asked = forgotten.get();
  for (let attempt = 1; ; ++attempt) {
    const came = await sendOnce(sent);
    if (came.ok) return { ok: true, value: came.body };
    // Whoever asked has signed out, or somebody else has come: it is not for them to sign in for it, or to send it again.
    if (forgotten.get() !== asked && whose(sent.url) === 'person') return { ok: false, failure: { kind: 'given-up' } };
    const gate = gated ? gateFor(came.failure) : null;
    if (gate) {
      if (!(await pass(gate, whose(sent.url)))) return { ok: false, failure: { kind: 'given-up' } };
    } else if (attempt < attempts && passes(came.failure)) await pause();
    else return came;
  }
}

async function send<T>(sent: Sent, decoder: Decoder<T>, gated: boolean): Promise<Answer<T>> {
  const came = await sendText(sent, gated);
  if (!came.ok) return came;
  const value = came.value === '' ? decoded(decoder, null) : parsed(decoder, came.value);
  return value === null && came.value !== '' ? { ok: false, failure: { kind: 'unreadable' } } : { ok: true, value: value as T };
}

/** An answer as it came, to be kept as a file. */
export function getText(path: PathsOf<'get'>, options: Options = {}): Promise<Answer<string>> {
  return sendText({ method: 'get', url: address(path, options), key: '', patience_ms: options.patience_ms }, options.gated ?? true);
}

export function get<P extends PathsOf<'get'>, T>(path: P, decoder: DecoderFor<T, AnswerOf<P, 'get'>>, options: Options = {}): Promise<Answer<T>> {
  return send({ method: 'get', url: address(path, options), key: '' }, decoder, options.gated ?? true);
}

export function post<P extends PathsOf<'post'>, T>(
  path: P,
  body: BodyOf<P> | null,
  decoder: DecoderFor<T, AnswerOf<P, 'post'>>,
  options: Options = {},
): Promise<Answer<T>> {
  const sent: Sent = { method: 'post', url: address(path, options), key: options.key ?? freshKey() };
  return send(body === null ? sent : { ...sent, body: JSON.stringify(body) }, decoder, options.gated ?? true);
}

/** Asks about oneself, or about a child that one files for. */
export function getOf<P extends SharedPaths<'get'>, T>(
  child: string | null,
  path: P,
  decoder: DecoderFor<T, EitherAnswer<P, 'get'>>,
  options: Options = {},
): Promise<Answer<T>> {
  return send({ method: 'get', url: eitherAddress(path, child, options), key: '' }, decoder, options.gated ?? true);
}

/** Acts for oneself, or for a child that one files for. */
export function postOf<P extends SharedPaths<'post'>, T>(
  child: string | null,
  path: P,
  body: EitherBody<P> | null,
  decoder: DecoderFor<T, EitherAnswer<P, 'post'>>,
  options: Options = {},
): Promise<Answer<T>> {
  const sent: Sent = { method: 'post', url: eitherAddress(path, child, options), key: options.key ?? freshKey() };
  return send(body === null ? sent : { ...sent, body: JSON.stringify(body) }, decoder, options.gated ?? true);
}

type HeadersOf<P extends keyof paths> = paths[P] extends { post: { parameters: { header?: infer H } } } ? NonNullable<H> : never;
/** What the API's description lets say when it was first tried. */
type LatePaths = { [P in SharedPaths<'post'>]: 'First-Tried' extends keyof HeadersOf<P> ? P : never }[SharedPaths<'post'>];

/** Sends a body that was made JSON before, for oneself or for a child, and says when it was first tried. */
export function postLate<T>(child: string | null, path: LatePaths, body: string, decoder: Decoder<T>, key: string, first_tried: string | null): Promise<Answer<T>> {
  const sent: Sent = { method: 'post', url: eitherAddress(path, child, {}), body, key };
  return send(first_tried === null ? sent : { ...sent, first_tried }, decoder, false);
}

/** Of an answer without content. */
export const removed: Decoder<null> = () => null;

/** Answers nothing. */
export function remove(path: PathsOf<'delete'>, options: Options = {}): Promise<Answer<null>> {
  return send({ method: 'delete', url: address(path, options), key: freshKey() }, removed, options.gated ?? true);
}
