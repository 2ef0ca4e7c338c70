import { dictionary, oneOf, parsed, record, text } from '../../base/decode';
import { parseStatusToken, readTrust, type StatusToken, type Trust } from '../../credential';
import { keep, kept } from '../../drafts/storage';

// What a verifier has at hand: whose proofs they take, and the lists that say which were withdrawn. Both are fetched
// whole, by nobody in particular (no cookie goes along), and kept on the device: nothing is asked when a proof is checked.

export interface KeptTrust {
  trust: Trust;
  /** When it came (RFC 3339). */
  at: string;
  from: 'register' | 'file';
}

const trustName = 'scan.trust';
const listsName = 'scan.lists';
const trustDecoder = record({ text, at: text, from: oneOf('register', 'file') });
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

/** Null: it could not be had. */
async function fetchText(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** The trust file of the register that serves this page. */
export async function fetchTrust(): Promise<KeptTrust | null> {
  const file = await fetchText('/trust.json');
  return file === null ? null : takeTrust(file, 'register');
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

/** A list in place of the one before of the same address; false if it is none. */
export async function takeList(file: string): Promise<boolean> {
  const token = await parseStatusToken(file.trim());
  if (!token.ok) return false;
  keep(listsName, { ...keptListTexts(), [token.value.uri]: { text: file.trim(), at: new Date().toISOString() } });
  return true;
}

/** Whether this page may fetch a list: those of its own register alone. */
export function isFromHere(uri: string): boolean {
  try {
    return new URL(uri).origin === location.origin;
  } catch {
    return false;
  }
}

export async function fetchList(uri: string): Promise<boolean> {
  const file = isFromHere(uri) ? await fetchText(uri) : null;
  return file !== null && takeList(file);
}

/** Those that are known, anew: whatever is shown meanwhile, or nothing. True if one came. */
export async function refreshLists(): Promise<boolean> {
  const came = await Promise.all(Object.keys(keptListTexts()).filter(isFromHere).map(fetchList));
  return came.includes(true);
}
