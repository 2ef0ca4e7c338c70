// A proof of residence on paper: a visible digital seal (VDS-NC, ICAO Doc 9303-13), as src/credential/seal.hpp reads it.
import { fromBase64Url } from '../base/bytes';
import { readJson } from '../log/json';
import type { Json } from '../log/json';
import { bytesOf } from '../log/text';
import { toCanonicalJson } from './canonical';
import { integerMember, isObject, objectMember, startOfDay, textMember } from './members';
import type { JsonObject } from './members';
import { signatureSizeBytes } from './p256';
import { Refusal } from './reason';
import { readIndex } from './residence';
import { isLifeOfAProof, isModeOfTests } from './statement';
import type { AddressClaim, Chain, PersonClaim, ResidenceClaim, Statement, StatusReference, Texts } from './statement';
import { readCertificate } from './x5c';

const sealType = 'abode.residence';
const sealVersion = 1n;
const maxSealBytes = 1100;
const dayS = 24 * 3600;

/** Claims by the short names that they have in a seal. */
const personNames: readonly (readonly [string, PersonClaim])[] = [
  ['bd', 'birthdate'], ['fn', 'family_name'], ['gn', 'given_name'],
];
const addressNames: readonly (readonly [string, AddressClaim])[] = [
  ['co', 'country'], ['fo', 'formatted'], ['ho', 'house_number'], ['lo', 'locality'], ['pc', 'postal_code'],
  ['re', 'region'], ['st', 'street_address'],
];
const residenceNames: readonly (readonly [string, ResidenceClaim])[] = [
  ['as', 'assurance'], ['ki', 'kind'], ['si', 'since'],
];

/** Read, not yet checked. */
export interface ShownSeal {
  readonly said: Statement;
  readonly chain: Chain;
  /** RFC 8785 of the data, whatever order and blanks it came in. */
  readonly signedText: string;
  readonly signature: Uint8Array;
}

/** An object of which each member is taken once, and none may be left. */
class Members {
  private readonly rest: Map<string, Json>;

  constructor(object: JsonObject) {
    this.rest = new Map(object);
  }

  has(name: string): boolean {
    return this.rest.has(name);
  }

  text(name: string): string {
    const text = textMember(this.rest, name);
    this.rest.delete(name);
    return text;
  }

  object(name: string): JsonObject {
    const object = objectMember(this.rest, name);
    this.rest.delete(name);
    return object;
  }

  index(name: string): number {
    const index = readIndex(this.rest, name);
    this.rest.delete(name);
    return index;
  }

  /** The first second of a day, and how it is written. */
  date(name: string): readonly [number, string] {
    const text = this.text(name);
    const start = startOfDay(text);
    if (start === null) throw new Refusal('seal-date', name);
    return [start, text];
  }

  expect(name: string, wanted: string): void {
    if (this.text(name) !== wanted) throw new Refusal('seal-text', name);
  }

  version(name: string): void {
    try {
      if (integerMember(this.rest, name) !== sealVersion) throw new Refusal('seal-version');
    } catch (error) {
      throw error instanceof Refusal ? new Refusal('seal-version') : error;
    }
    this.rest.delete(name);
  }

  texts<Name extends string>(names: readonly (readonly [string, Name])[]): Texts<Name> {
    const texts: { [name in Name]?: string } = {};
    for (const [short, name] of names) {
      const value = this.rest.get(short);
      if (value === undefined) continue;
      if (typeof value !== 'string') throw new Refusal('seal-claim', short);
      texts[name] = value;
      this.rest.delete(short);
    }
    return texts;
  }

  end(): void {
    for (const name of this.rest.keys()) throw new Refusal('seal-member', name);
  }
}

function readHeader(object: JsonObject): string {
  const header = new Members(object);
  header.expect('t', sealType);
  header.version('v');
  const issuer = header.text('is');
  header.end();
  return issuer;
}

function takeStatus(message: Members, issuer: string): StatusReference | null {
  if (!message.has('sl')) return null;
  const status = new Members(message.object('sl'));
  const index = status.index('i');
  const uri = status.text('u');
  status.end();
  return { index, uri: uri.startsWith('/') ? issuer + uri : uri };
}

function readMessage(object: JsonObject, issuer: string): Statement {
  const message = new Members(object);
  const number = message.text('nr');
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(number)) throw new Refusal('seal-number');
  const isOfTests = isModeOfTests(message.text('md'));
  const [issuedAt, issuedOn] = message.date('fr');
  const [lastDay, goodThrough] = message.date('to');
  const said: Statement = {
    issuer, issuedAt, isOfTests,
    issuedBy: issuedAt + dayS - 1,
    expiresAt: lastDay + dayS,
    status: takeStatus(message, issuer),
    person: message.texts(personNames),
    address: message.texts(addressNames),
    residence: message.texts(residenceNames),
    paper: { number, issuedOn, goodThrough },
  };
  message.end();
  if (!isLifeOfAProof(said.issuedAt, said.expiresAt, said.status !== null)) throw new Refusal('life');
  return said;
}

function readData(object: JsonObject): readonly [Statement, string] {
  const signedText = toCanonicalJson(object);
  if (signedText === null) throw new Refusal('seal-numbers');
  const data = new Members(object);
  const header = data.object('hdr');
  const message = data.object('msg');
  const said = readMessage(message, readHeader(header));
  data.end();
  return [said, signedText];
}

async function readSignature(object: JsonObject): Promise<readonly [Chain, Uint8Array]> {
  const members = new Members(object);
  members.expect('alg', 'ES256');
  const certificate = await readCertificate(fromBase64Url(members.text('cer')));
  const signature = fromBase64Url(members.text('sigvl'));
  if (signature === null || signature.length !== signatureSizeBytes) throw new Refusal('signature-size');
  members.end();
  return [[certificate], signature];
}

/** Throws Refusal for a text that breaks a rule of its form. */
export async function parseSeal(text: string): Promise<ShownSeal> {
  if (bytesOf(text).length > maxSealBytes) throw new Refusal('seal-size');
  const value = readJson(text);
  if (!isObject(value)) throw new Refusal('seal-object');
  const whole = new Members(value);
  const data = whole.object('data');
  const signed = whole.object('sig');
  whole.end();
  const [said, signedText] = readData(data);
  const [chain, signature] = await readSignature(signed);
  const isOfTests = said.isOfTests || chain.some((one) => one.isForTests);
  return { said: { ...said, isOfTests }, chain, signedText, signature };
}
