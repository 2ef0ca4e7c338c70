import { dictionary, list, oneOf, parsed, record, text } from '../../base/decode';
import { makeStore } from '../../base/store';
import { parseStatusToken, readTrust, type StatusToken, type Trust } from '../../credential';
import { drop, keep, kept } from '../../drafts/storage';

// What a verifier has at hand: whose proofs they take, and the lists that say which were withdrawn. Both are fetched
// whole, by nobody in particular (no cookie goes along), and kept on the device: nothing is asked when a proof is checked.

/** Who serves this page. A verifier has chosen whose proofs it takes, and has the lists of all those registers at hand. */
export type Site = 'register' | 'verifier';

export interface KeptTrust {
  trust: Trust;
  /** When it came (RFC 3339). */
  at: string;
  from: Site | 'file';
}

const trustName = 'scan.trust';
const listsName = 'scan.lists';
const siteName = 'scan.site';
const trustDecoder = record({ text, at: text, from: oneOf('register', 'verifier', 'file') });
const siteDecoder = oneOf('register', 'verifier');
const addressesDecoder = record({ lists: list(text) });
const listsDecoder = dictionary(record({ text, at: text }));

/** Null: nothing is kept, or nothing that can be used. */
export function keptTrust(): KeptTrust | null {
  const found = kept(trustName);
  const read = found === null ? null : parsed(trustDecoder, found);
  const trust = read && readTrust(read.text);
  return read && trust?.ok ? { trust: trust.value, at: read.at, from: read.from } : null;
}

/** Takes a trust file in place of the one before; null if it is none. */
export function takeTrust(file: string, from: KeptTrust['from']): KeptTrust | null {
  const trust = readTrust(file);
  if (!trust.ok) return null;
  const at = new Date().toISOString();
  keep(trustName, { text: file, at, from });
  return { trust: trust.value, at, from };
}

function keptSite(): Site | null {
  const found = kept(siteName);
  return found === null ? null : parsed(siteDecoder, found);
}

/** Null until it was said: with the trust file. A verifier's device remembers it, for when there is no connection. */
export const site = makeStore<Site | null>(keptSite());

/** Null: it could not be had. */
async function fetchAnswer(address: string, cache: RequestCache): Promise<Response | null> {
  try {
    const answer = await fetch(address, { credentials: 'omit', cache, referrerPolicy: 'no-referrer' });
    return answer.ok ? answer : null;
  } catch {
    return null;
  }
}

/** Null: it could not be had. */
async function fetchText(address: string, cache: RequestCache = 'no-store'): Promise<string | null> {
  const answer = await fetchAnswer(address, cache);
  return answer?.text().catch(() => null) ?? null;
}

/** The trust file of whoever serves this page. */
export async function fetchTrust(): Promise<KeptTrust | null> {
  const answer = await fetchAnswer('/trust.json', 'no-store');
  if (answer === null) return null;
  const from = answer.headers.get('Abode-Site') === 'verifier' ? 'verifier' : 'register';
  if (from === 'verifier') keep(siteName, from);
  else drop(siteName);
  site.set(from);
  const file = await answer.text().catch(() => null);
  return file === null ? null : takeTrust(file, from);
}

/** If there is none yet; and a verifier's, because it may choose others at any time. Null: nothing came or was asked for. */
export async function renewTrust(): Promise<KeptTrust | null> {
  const from = keptTrust()?.from;
  return from === undefined || from === 'verifier' ? fetchTrust() : null;
}

function keptListTexts(): Record<string, { text: string; at: string }> {
  const found = kept(listsName);
  return (found === null ? null : parsed(listsDecoder, found)) ?? {};
}

/** Those that can be read; who signed them is looked at where they are used. */
export async function keptLists(): Promise<StatusToken[]> {
  const read = await Promise.all(Object.values(keptListTexts()).map((one) => parseStatusToken(one.text)));
  return read.flatMap((token) => (token.ok ? [token.value] : []));
}

/** A list in place of an older one of the same address; false if it is none. */
export async function takeList(file: string): Promise<boolean> {
  const token = await parseStatusToken(file.trim());
  if (!token.ok) return false;
  const before = keptListTexts()[token.value.uri];
  const known = before && (await parseStatusToken(before.text));
  if (known?.ok && known.value.issuedAt > token.value.issuedAt) return true;
  keep(listsName, { ...keptListTexts(), [token.value.uri]: { text: file.trim(), at: new Date().toISOString() } });
  return true;
}

/** Whether this page can fetch a list: those of its own register alone, or all that its verifier has. */
export function canFetch(uri: string): boolean {
  return site.get() === 'verifier' || isFromHere(uri);
}

function isFromHere(uri: string): boolean {
  try {
    return new URL(uri).origin === location.origin;
  } catch {
    return false;
  }
}

/** Of a verifier all of them come, whichever is missed: nobody learns which. */
export async function fetchList(uri: string): Promise<boolean> {
  return site.get() === 'verifier' ? fetchAllLists() : fetchOwnList(uri);
}

async function fetchOwnList(uri: string): Promise<boolean> {
  const file = isFromHere(uri) ? await fetchText(uri) : null;
  return file !== null && takeList(file);
}

async function fetchAllLists(): Promise<boolean> {
  const index = await fetchText('/status.json');
  const addresses = index === null ? null : parsed(addressesDecoder, index);
  const own = (addresses?.lists ?? []).filter((address) => address.startsWith('/status/'));
  // Their addresses are made of their contents: one that the browser has is not sent again.
  const files = await Promise.all(own.map((address) => fetchText(address, 'default')));
  const came: boolean[] = [];
  for (const file of files) came.push(file !== null && (await takeList(file))); // one by one: two may be of one address
  return came.includes(true);
}

/** Those that are known, anew, or all of a verifier: whatever is shown meanwhile, or nothing. True if one came. */
export async function refreshLists(): Promise<boolean> {
  if (site.get() === 'verifier') return fetchAllLists();
  const came = await Promise.all(Object.keys(keptListTexts()).filter(isFromHere).map(fetchOwnList));
  return came.includes(true);
}
