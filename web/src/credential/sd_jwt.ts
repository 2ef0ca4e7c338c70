// SD-JWT (RFC 9901): `<JWS>~D1~D2~...~[<KB-JWT>]`, as src/credential/sd_jwt.hpp reads it.
import { fromBase64Url } from '../base/bytes';
import { readJson } from '../log/json';
import type { Json } from '../log/json';
import { textOf } from '../log/text';
import { isList, isObject } from './members';
import type { JsonObject } from './members';
import { digestOf } from './p256';
import { Refusal } from './reason';

const maxDisclosures = 100;
const digestsName = '_sd';
const placeholderName = '...';
const algorithmName = '_sd_alg';

/** The parts of one, as text. */
export interface SdJwtText {
  readonly jws: string;
  readonly disclosures: readonly string[];
  /** KB-JWT. */
  readonly keyBinding: string | null;
  /** What the sd_hash of a KB-JWT is over: all before it, the last tilde included. */
  readonly presented: string;
}

/** Throws Refusal: no tilde, an empty disclosure, or more than 100. */
export function splitSdJwt(text: string): SdJwtText {
  const [jws, ...disclosures] = text.split('~');
  const last = disclosures.pop();
  if (jws === undefined || last === undefined) throw new Refusal('no-tilde');
  const firstEmpty = disclosures.indexOf('');
  if (firstEmpty >= 0 && firstEmpty <= maxDisclosures) throw new Refusal('disclosure-empty');
  if (disclosures.length > maxDisclosures) throw new Refusal('disclosures-too-many');
  return {
    jws, disclosures, keyBinding: last === '' ? null : last, presented: text.slice(0, text.length - last.length),
  };
}

/** The list that a disclosure is in base64url: salt, name and value of a member, or salt and value of an element. */
export function readDisclosure(text: string): readonly Json[] {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Refusal('disclosure-encoding');
  const json = textOf(bytes);
  const value = json === null ? undefined : readJson(json);
  if (!isList(value)) throw new Refusal('disclosure-list');
  return value;
}

/** Claims with the disclosures put in their places. */
export interface Claims {
  readonly all: Map<string, Json>;
  /** Names of members of the top level that came by a disclosure. */
  readonly disclosed: ReadonlySet<string>;
}

/** Puts the disclosures in their places, from the top down. */
class Disclosing {
  private readonly given = new Map<string, readonly Json[]>(); // by digest
  private readonly used = new Set<string>();
  private readonly seen = new Set<string>();
  readonly disclosed = new Set<string>();

  take(digest: string, content: readonly Json[]): void {
    if (this.given.has(digest)) throw new Refusal('disclosure-twice');
    this.given.set(digest, content);
  }

  get areAllUsed(): boolean {
    return this.used.size === this.given.size;
  }

  placeObject(object: JsonObject, isTop: boolean): Map<string, Json> {
    const placed = new Map<string, Json>();
    for (const [name, value] of object) {
      if (name === digestsName) continue;
      if (name === placeholderName) throw new Refusal('placeholder-claim');
      placed.set(name, this.place(value));
    }
    const digests = object.get(digestsName);
    if (digests === undefined) return placed;
    if (!isList(digests)) throw new Refusal('digest-list');
    for (const digest of digests) {
      const content = this.lookUp(digest);
      if (content === null) continue;
      const [name, value] = this.placeMember(content, placed);
      placed.set(name, value);
      if (isTop) this.disclosed.add(name);
    }
    return placed;
  }

  /** Null: it is of a claim that is not shown, or of none at all. */
  private lookUp(digest: Json): readonly Json[] | null {
    if (typeof digest !== 'string') throw new Refusal('digest-text');
    if (this.seen.has(digest)) throw new Refusal('digest-twice');
    this.seen.add(digest);
    const content = this.given.get(digest);
    if (content === undefined) return null;
    this.used.add(digest);
    return content;
  }

  private placeMember(content: readonly Json[], beside: JsonObject): [string, Json] {
    const [salt, name, value] = content;
    if (content.length !== 3 || typeof salt !== 'string' || typeof name !== 'string' || value === undefined)
      throw new Refusal('disclosure-of-member');
    if (name === digestsName || name === placeholderName) throw new Refusal('disclosed-name', name);
    if (beside.has(name)) throw new Refusal('claim-twice', name);
    return [name, this.place(value)];
  }

  private place(value: Json): Json {
    if (isObject(value)) return this.placeObject(value, false);
    return isList(value) ? this.placeList(value) : value;
  }

  private placeList(list: readonly Json[]): Json {
    const shown: Json[] = [];
    for (const element of list) {
      const digest = isObject(element) ? element.get(placeholderName) : undefined;
      if (!isObject(element) || digest === undefined) {
        shown.push(this.place(element));
        continue;
      }
      if (element.size !== 1) throw new Refusal('placeholder-members');
      const content = this.lookUp(digest);
      if (content === null) continue;
      const [salt, value] = content;
      if (content.length !== 2 || typeof salt !== 'string' || value === undefined)
        throw new Refusal('disclosure-of-element');
      shown.push(this.place(value));
    }
    return shown;
  }
}

/** RFC 9901, section 7.1, step 3; throws Refusal for what breaks a rule of it. */
export async function disclose(payload: JsonObject, disclosures: readonly string[]): Promise<Claims> {
  const algorithm = payload.get(algorithmName);
  if (algorithm !== undefined && algorithm !== 'sha-256') throw new Refusal('digest-algorithm');
  const digests = await Promise.all(disclosures.map(digestOf));
  const work = new Disclosing();
  disclosures.forEach((text, i) => work.take(digests[i] ?? '', readDisclosure(text)));
  const all = work.placeObject(new Map([...payload].filter(([name]) => name !== algorithmName)), true);
  if (!work.areAllUsed) throw new Refusal('disclosure-of-nothing');
  return { all, disclosed: work.disclosed };
}
