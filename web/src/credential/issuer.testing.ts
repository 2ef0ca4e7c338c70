// An issuer that lives in tests: a root and a signer below it, good from 2026 on, made by openssl; what it issues has the
// form of src/credential/residence.cpp.
import { fromBase64, toBase64Url } from '../base/bytes';
import { bytesOf } from '../log/text';
import type { PublicJwk } from './jws';
import { digestOf, es256, p256 } from './p256';

const root =
  'MIIBhDCCASugAwIBAgIUYrU9QXAYVghTH/GHrqTd26ELIAAwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEUm9vdDAgFw0yNjExMjgxMTE3MTlaGA' +
  '8yMTI2MTEwNDExMTcxOVowDzENMAsGA1UEAwwEUm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBBgWtuNUDQWUlUWxuz8vNkCLRkCQsS4' +
  '4Y7vsq+N60AKaClgHO03Ug9oO0FlueMh9jSkSerh8yVp7TgyXGqbBhOjYzBhMB0GA1UdDgQWBBQJfjHzWV3guP8pnv7Qhh0k9u14QDAfBgNVHS' +
  'MEGDAWgBQJfjHzWV3guP8pnv7Qhh0k9u14QDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAKBggqhkjOPQQDAgNHADBEAiBPBnA/' +
  'xd+xbSk1wZjeh7cS8VTs916eBbQvb/xXZUAtcQIgH+OyhwJe65XqGgc1sgz5R8NHuwJGkPpaJ0PmYFOyobI=';
const signer =
  'MIIBgTCCASigAwIBAgIUd8+zz7112NjESp7DCcuFx8oTeX4wCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEUm9vdDAgFw0yNjExMjgxMTE3MTlaGA' +
  '8yMTI2MTEwNDExMTcxOVowDzENMAsGA1UEAwwETGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFgCweqxQyRQTvSmgk7R/cfJNmaodCzi' +
  'Rk5IouytJoTbdKhGcSkDIbRGBnHdNNAbkOCCw+t21Fg7L47AqlTsqRejYDBeMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMB0GA1UdDg' +
  'QWBBTx9xMTYbUT31aCOV1523E/Qxz9zTAfBgNVHSMEGDAWgBQJfjHzWV3guP8pnv7Qhh0k9u14QDAKBggqhkjOPQQDAgNHADBEAiB43MxvlTgF' +
  'fqiXM2mdJst3Yq/NHHOibk9gcQUUrN+HyQIgeA8SCHWdy0KmcgWm3h7G5lRfKlMfJ6Qbe6nC4CwQO2s=';
const signerKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgv5XTRjJ7fWKQ4CTTpOFY82+fxzVKpbolxJI0a0uilUyhRANCAARYAsHqsUMkUE' +
  '70poJO0f3HyTZmqHQs4kZOSKLsrSaE23SoRnEpAyG0RgZx3TTQG5DggsPrdtRYOy+OwKpU7KkX';

export const issuer = 'https://register.example';
/** 2026-11-28T12:00:00Z: after its certificates were made. */
export const issuedAt = 1_795_867_200;
/** The trust file of whoever trusts it. */
export const trustFile = JSON.stringify({ issuers: [{ issuer, anchor: root, status_anchor: root }] });

const groups = {
  '': { family_name: 'ERIKSSON', given_name: 'ANNA MARIA', birthdate: '1974-08-12' },
  address: { street_address: 'Sonnenallee', house_number: '17b', locality: 'Berlin', region: 'Berlin', country: 'DE' },
  residence: { kind: 'main', since: '2021-09-01' },
} as const;

export function encoded(value: unknown): string {
  return toBase64Url(bytesOf(JSON.stringify(value)));
}

function signingKey(): Promise<CryptoKey> {
  const pkcs8 = Uint8Array.from(fromBase64(signerKey) ?? []);
  return crypto.subtle.importKey('pkcs8', pkcs8, p256, false, ['sign']);
}

async function makeDisclosures(claims: Readonly<Record<string, string>>): Promise<{ texts: string[]; _sd: string[] }> {
  const salt = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const texts = Object.entries(claims).map(([name, value]) => encoded([salt(), name, value]));
  return { texts, _sd: (await Promise.all(texts.map(digestOf))).sort() };
}

/** A fresh proof, with members of its payload changed; undefined takes one out. */
export async function issue(holderKey: PublicJwk | null, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [person, address, residence] = await Promise.all(
    [groups[''], groups.address, groups.residence].map((one) => makeDisclosures(one)),
  );
  const payload = {
    iss: issuer, iat: issuedAt, exp: issuedAt + 14 * 24 * 3600, vct: 'urn:abode:residence:1', mode: 'live',
    _sd_alg: 'sha-256', _sd: person?._sd, address: { _sd: address?._sd }, residence: { _sd: residence?._sd },
    ...(holderKey === null ? {} : { cnf: { jwk: holderKey } }),
    ...changes,
  };
  const message = `${encoded({ alg: 'ES256', typ: 'dc+sd-jwt', x5c: [signer] })}.${encoded(payload)}`;
  const bytes = Uint8Array.from(bytesOf(message));
  const signature = new Uint8Array(await crypto.subtle.sign(es256, await signingKey(), bytes));
  const all = [person, address, residence].flatMap((one) => one?.texts ?? []);
  return [`${message}.${toBase64Url(signature)}`, ...all, ''].join('~');
}

/** A seal of these claims by their short names, good for the day of `issuedAt` and the next; written as RFC 8785 has it. */
export async function issueSeal(claims: Readonly<Record<string, string>>): Promise<string> {
  const members = { fr: '2026-11-28', ki: 'main', md: 'live', nr: '7K2PDXQ04M8ZVW1H', to: '2026-11-29', ...claims };
  const message = Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1));
  const data = { hdr: { is: issuer, t: 'abode.residence', v: 1 }, msg: Object.fromEntries(message) };
  const bytes = Uint8Array.from(bytesOf(JSON.stringify(data)));
  const signature = new Uint8Array(await crypto.subtle.sign(es256, await signingKey(), bytes));
  const cer = toBase64Url(fromBase64(signer) ?? new Uint8Array());
  return JSON.stringify({ data, sig: { alg: 'ES256', cer, sigvl: toBase64Url(signature) } });
}
