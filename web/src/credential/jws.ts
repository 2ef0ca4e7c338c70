// JSON Web Signatures in compact form (RFC 7515), as narrow as src/credential/jws.hpp takes them: ES256, one type,
// nothing critical.
import { concat, fromBase64Url, toBase64Url } from '../base/bytes';
import { readJson } from '../log/json';
import type { Json } from '../log/json';
import { bytesOf, textOf } from '../log/text';
import { isObject } from './members';
import type { JsonObject } from './members';
import { signatureSizeBytes, verifyEs256 } from './p256';
import { Refusal } from './reason';
import type { FormReason } from './reason';

/** Read, not yet checked. */
export interface Jws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** What the signature is over. */
  readonly signedText: string;
  readonly signature: Uint8Array;
}

/** A P-256 public key as a JSON Web Key (RFC 7517), with its members in the order of their names. */
export interface PublicJwk {
  readonly crv: 'P-256';
  readonly kty: 'EC';
  readonly x: string;
  readonly y: string;
}

/** Private members of JSON Web Keys (RFC 7518, sections 6.2.2, 6.3.2, 6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

function readPart(part: string, encoding: FormReason, object: FormReason): JsonObject {
  const bytes = fromBase64Url(part);
  if (bytes === null) throw new Refusal(encoding);
  const text = textOf(bytes);
  const value = text === null ? undefined : readJson(text);
  if (!isObject(value)) throw new Refusal(object);
  return value;
}

function checkHeader(header: JsonObject, typ: string): void {
  if (header.get('alg') !== 'ES256') throw new Refusal('algorithm');
  if (header.get('typ') !== typ) throw new Refusal('type', typ);
  if (header.has('crit')) throw new Refusal('critical');
  const jwk = header.get('jwk');
  if (jwk !== undefined) readJwk(jwk);
}

/** The parts of a text of this type; throws Refusal. */
export function parseJws(text: string, typ: string): Jws {
  const parts = text.split('.');
  const [head, body, last] = parts;
  if (parts.length !== 3 || head === undefined || body === undefined || last === undefined) throw new Refusal('parts');
  const header = readPart(head, 'header-encoding', 'header-object');
  checkHeader(header, typ);
  const payload = readPart(body, 'payload-encoding', 'payload-object');
  const signature = fromBase64Url(last);
  if (signature === null || signature.length !== signatureSizeBytes) throw new Refusal('signature-size');
  return { header, payload, signedText: `${head}.${body}`, signature };
}

/** Whether a P-256 key (x and y) made it. */
export function isSignedBy(jws: Jws, publicKey: Uint8Array): Promise<boolean> {
  return verifyEs256(publicKey, bytesOf(jws.signedText), jws.signature);
}

/** The point of a public P-256 key, x and y, 64 bytes; throws Refusal for another kind of key or a private one. */
export function readJwk(jwk: Json): Uint8Array {
  if (!isObject(jwk)) throw new Refusal('key-object');
  if (privateMembers.some((name) => jwk.has(name))) throw new Refusal('key-private');
  if (jwk.get('kty') !== 'EC' || jwk.get('crv') !== 'P-256') throw new Refusal('key-curve');
  const numbers = ['x', 'y'].map((name) => {
    const text = jwk.get(name);
    const number = typeof text === 'string' ? fromBase64Url(text) : null;
    if (number === null || number.length !== 32) throw new Refusal('key-point');
    return number;
  });
  return concat(...numbers);
}

export function toJwk(point: Uint8Array): PublicJwk {
  return { crv: 'P-256', kty: 'EC', x: toBase64Url(point.slice(0, 32)), y: toBase64Url(point.slice(32)) };
}
