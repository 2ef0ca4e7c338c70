// X.509 certificates (RFC 5280), as much of them as it takes to follow a chain of signers up to one that somebody
// pinned. docs/decisions says why this is ours and where it is stricter than OpenSSL: "Certificates in the browser".
import { equal, toHex } from '../base/bytes';
import { textOf } from '../log/text';
import {
  bitsOf, DerReader, elementsOf, integerOf, NotDer, objectOf, smallNumberOf, tags, timeOf, within,
} from './der';
import type { Element } from './der';
import { isOfKeyKind, isSignatureOf } from './signature';

/** Identifiers, by the bytes of their content. */
const oids = {
  p256: '2a8648ce3d030107',
  ecKey: '2a8648ce3d0201',
  subjectKeyIdentifier: '551d0e',
  keyUsage: '551d0f',
  basicConstraints: '551d13',
  certificatePolicies: '551d20',
  authorityKeyIdentifier: '551d23',
  extendedKeyUsage: '551d25',
  /** 2.25.309770018858934349351857162989729162338: test_policy of src/certificates/certificates.hpp. */
  testPolicy: '6983d28bc4c5f9c5c2808590a9ab87d1ad9cc862',
};

/** Extensions that may be critical: they are read, or what they demand is not asked of a signer here. */
const understood = new Set([
  '551d11', // subjectAltName
  '551d1f', // cRLDistributionPoints: a stolen key is answered by another anchor (docs/proofs.md)
  '551d0f', '551d13', '551d1e', '551d20', '551d25', // those that are read, nameConstraints, and extKeyUsage
  '551d21', '551d24', '551d36', // policyMappings, policyConstraints, inhibitAnyPolicy: no policy is asked for
  '2b0601050507300105', // id-pkix-ocsp-nocheck
]);
/** Lists of which only is looked at whether they are lists: alternative names, names that may be, places of lists. */
const justLists = ['551d11', '551d1e', '551d1f'];
/** Whom an authority may certify: not read here, so nothing goes through an authority that has them. */
const nameConstraints = '551d1e';
/** Makes of a signer an authority of its own kind: never followed. */
const proxyCertificate = '2b0601050507010e';

export const keyUses = { digitalSignature: 0x80, keyCertSign: 0x04 } as const;

interface Extension {
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

/** What the extensions say that is looked at. */
interface Says {
  readonly isAuthority: boolean;
  /** Null: any number of authorities below it. */
  readonly pathLength: number | null;
  /** The first byte of its key usage; null: any. */
  readonly keyUsage: number | null;
  readonly hasConstraints: boolean;
  readonly keyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  readonly authoritySerial: string | null;
  /** Nothing critical is unknown here. */
  readonly isUnderstood: boolean;
  readonly constrainsNames: boolean;
}

export interface Algorithm {
  readonly oid: string;
  /** Its parameters, if they are an identifier, as those of a curve are. */
  readonly named: string | null;
}

/** Tags of texts in names, as OpenSSL has them (DirectoryString, IA5String and those that are out of use). */
const nameTags = new Set([3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20, 22, 28, 29, 30, tags.sequence]);

function isUtf32(bytes: Uint8Array): boolean {
  return bytes.length % 4 === 0 && bytes.every((byte, i) => i % 4 > 1 || byte <= (i % 4 === 0 ? 0 : 0x10));
}

function checkNameText(value: Element): void {
  if (!nameTags.has(value.tag)) throw new NotDer('no text of a name');
  if (value.tag === tags.bitString) bitsOf(value);
  if (value.tag === 10) integerOf({ ...value, tag: tags.integer });
  const isBroken =
    (value.tag === tags.utf8 && textOf(value.content) === null) ||
    (value.tag === tags.bmpText && value.content.length % 2 !== 0) ||
    (value.tag === tags.universalText && !isUtf32(value.content));
  if (isBroken) throw new NotDer('a text of a name that is none');
}

/** A name, whole: two are the same if their bytes are. */
function readName(name: Element): Uint8Array {
  for (const set of elementsOf(name)) {
    if (set.tag !== tags.set) throw new NotDer('no part of a name');
    for (const attribute of elementsOf(set)) {
      if (attribute.tag !== tags.sequence) throw new NotDer('no attribute of a name');
      within(attribute, (inner) => {
        objectOf(inner.take(tags.object));
        checkNameText(inner.next());
      });
    }
  }
  return name.whole;
}

function readAlgorithm(element: Element): Algorithm {
  return within(element, (inner) => {
    const oid = objectOf(inner.take(tags.object));
    const parameters = inner.isDone ? null : inner.next();
    return { oid, named: parameters?.tag === tags.object ? objectOf(parameters) : null };
  });
}

function readTime(inner: DerReader): number | null {
  const element = inner.next();
  if (element.tag !== tags.utcTime && element.tag !== tags.generalizedTime) throw new NotDer('no time');
  return timeOf(element);
}

interface Extensions {
  /** By their identifiers. */
  readonly all: ReadonlyMap<string, Extension>;
  /** Section 4.2: none may be. */
  readonly isOneThereTwice: boolean;
}

function readExtensions(list: Element): Extensions {
  const all = new Map<string, Extension>();
  let isOneThereTwice = false;
  for (const one of elementsOf(list)) {
    if (one.tag !== tags.sequence) throw new NotDer('no extension');
    within(one, (inner) => {
      const oid = objectOf(inner.take(tags.object));
      const critical = inner.takeIf(tags.boolean)?.content;
      if (critical !== undefined && critical.length !== 1) throw new NotDer('neither true nor false');
      const value = inner.take(tags.octetString).content;
      isOneThereTwice = isOneThereTwice || all.has(oid);
      all.set(oid, { isCritical: critical !== undefined && critical[0] !== 0, value });
    });
  }
  return { all, isOneThereTwice };
}

/** The one element that an extension's value is. */
function valueOf(extension: Extension, tag: number): Element {
  const reader = new DerReader(extension.value);
  const value = reader.take(tag);
  reader.end();
  return value;
}

function readBasicConstraints(extension: Extension | undefined): { isAuthority: boolean; pathLength: number | null } {
  if (extension === undefined) return { isAuthority: false, pathLength: null };
  return within(valueOf(extension, tags.sequence), (inner) => {
    const authority = inner.takeIf(tags.boolean)?.content;
    if (authority !== undefined && authority.length !== 1) throw new NotDer('neither true nor false');
    const pathLength = inner.isDone ? null : smallNumberOf(inner.take(tags.integer));
    return { isAuthority: authority !== undefined && authority[0] !== 0, pathLength };
  });
}

function readKeyUsage(extension: Extension | undefined): number | null {
  if (extension === undefined) return null;
  return bitsOf(valueOf(extension, tags.bitString)).bytes[0] ?? 0;
}

function readAuthorityKey(extension: Extension | undefined): { key: string | null; serial: string | null } {
  if (extension === undefined) return { key: null, serial: null };
  return within(valueOf(extension, tags.sequence), (inner) => {
    const key = inner.takeIf(0x80);
    inner.takeIf(0xa1); // the name of its issuer: the serial number beside it says more
    const serial = inner.takeIf(0x82);
    return {
      key: key === null ? null : toHex(key.content),
      serial: serial === null ? null : toHex(integerOf({ ...serial, tag: tags.integer })),
    };
  });
}

/** Whether the certificate says that it is of a register in test mode, whatever else it says. */
function namesTestPolicy(extensions: Extensions): boolean {
  const policies = extensions.all.get(oids.certificatePolicies);
  if (policies === undefined) return false;
  try {
    // A policy is an identifier and what qualifies it, as an algorithm is one and its parameters.
    const all = elementsOf(valueOf(policies, tags.sequence));
    return all.every((one) => one.tag === tags.sequence) && all.some((one) => readAlgorithm(one).oid === oids.testPolicy);
  } catch (error) {
    if (error instanceof NotDer) return false;
    throw error;
  }
}

/** Null: an extension that matters cannot be read, or one is there twice. */
function readSays({ all: extensions, isOneThereTwice }: Extensions): Says | null {
  if (isOneThereTwice) return null;
  try {
    const key = extensions.get(oids.subjectKeyIdentifier);
    const authority = readAuthorityKey(extensions.get(oids.authorityKeyIdentifier));
    const uses = extensions.get(oids.extendedKeyUsage);
    if (uses !== undefined) elementsOf(valueOf(uses, tags.sequence)).forEach(objectOf);
    for (const oid of justLists) {
      const list = extensions.get(oid);
      if (list !== undefined) elementsOf(valueOf(list, tags.sequence));
    }
    return {
      ...readBasicConstraints(extensions.get(oids.basicConstraints)),
      keyUsage: readKeyUsage(extensions.get(oids.keyUsage)),
      hasConstraints: extensions.has(oids.basicConstraints),
      keyIdentifier: key === undefined ? null : toHex(valueOf(key, tags.octetString).content),
      authorityKeyIdentifier: authority.key,
      authoritySerial: authority.serial,
      isUnderstood:
        !extensions.has(proxyCertificate) &&
        Array.from(extensions).every(([oid, { isCritical }]) => !isCritical || understood.has(oid)),
      constrainsNames: extensions.has(nameConstraints),
    };
  } catch (error) {
    if (error instanceof NotDer) return null;
    throw error;
  }
}

/** What is signed, taken apart. */
interface Body {
  readonly whole: Uint8Array;
  readonly isOfVersion1: boolean;
  readonly serial: string;
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly from: number | null;
  readonly until: number | null;
  readonly subject: Uint8Array;
  readonly keyInfo: Element;
  readonly keyAlgorithm: Algorithm;
  readonly key: Uint8Array;
  readonly extensions: Extensions;
}

const none: Extensions = { all: new Map(), isOneThereTwice: false };

function readBody(body: Element): Body {
  return within(body, (inner) => {
    const version = inner.takeIf(0xa0);
    const serial = toHex(integerOf(inner.take(tags.integer)));
    const algorithm = inner.take(tags.sequence);
    readAlgorithm(algorithm);
    const issuer = readName(inner.take(tags.sequence));
    const [from, until] = within(inner.take(tags.sequence), (times) => [readTime(times), readTime(times)] as const);
    const subject = readName(inner.take(tags.sequence));
    const keyInfo = inner.take(tags.sequence);
    const [keyAlgorithm, key] = within(
      keyInfo, (info) => [readAlgorithm(info.take(tags.sequence)), bitsOf(info.take(tags.bitString)).bytes] as const,
    );
    inner.takeIf(0x81); // unique identifiers, which nobody uses
    inner.takeIf(0x82);
    const wrapped = inner.takeIf(0xa3);
    return {
      whole: body.whole, serial, algorithm: algorithm.whole, issuer, from, until, subject, keyInfo, keyAlgorithm, key,
      isOfVersion1: version === null || within(version, (one) => toHex(integerOf(one.take(tags.integer)))) === '00',
      extensions: wrapped === null ? none : within(wrapped, (one) => readExtensions(one.take(tags.sequence))),
    };
  });
}

export class Certificate {
  private constructor(
    readonly der: Uint8Array,
    private readonly body: Body,
    private readonly algorithm: Element,
    private readonly signature: Uint8Array | null,
    /** Null: its extensions cannot be relied on, and nothing goes through it. */
    private readonly says: Says | null,
    readonly isForTests: boolean,
  ) {}

  /** Null: not one whole certificate in DER. */
  static parse(der: Uint8Array): Certificate | null {
    try {
      const reader = new DerReader(der);
      const outer = reader.take(tags.sequence);
      reader.end();
      return within(outer, (inner) => {
        const body = readBody(inner.take(tags.sequence));
        const algorithm = inner.take(tags.sequence);
        readAlgorithm(algorithm);
        const { bytes, unused } = bitsOf(inner.take(tags.bitString));
        return new Certificate(
          der, body, algorithm, unused === 0 ? bytes : null, readSays(body.extensions), namesTestPolicy(body.extensions),
        );
      });
    } catch (error) {
      if (error instanceof NotDer) return null;
      throw error;
    }
  }

  /** x and y, 64 bytes; null for another kind of key. */
  get p256Key(): Uint8Array | null {
    const { oid, named } = this.body.keyAlgorithm;
    const { key } = this.body;
    if (oid !== oids.ecKey || named !== oids.p256) return null;
    return key.length === 65 && key[0] === 4 ? key.slice(1) : null;
  }

  /** Seconds since 1970, ends included; null for times of another form than that of DER. */
  get life(): { readonly from: number; readonly until: number } | null {
    const { from, until } = this.body;
    return from === null || until === null ? null : { from, until };
  }

  get isSelfIssued(): boolean {
    return equal(this.body.subject, this.body.issuer);
  }

  /** Whether all that it demands is known here. */
  get isUnderstood(): boolean {
    return this.says !== null && this.says.isUnderstood;
  }

  /** Whether it is said to be an authority's, whatever its key may be used for. */
  get claimsAuthority(): boolean {
    return this.says !== null && this.says.isAuthority;
  }

  /** How many authorities may stand between it and a signer; null: any number. */
  get pathLength(): number | null {
    return this.says?.pathLength ?? null;
  }

  /** Whether it may be an authority in the middle of a chain. */
  get isAuthority(): boolean {
    return this.claimsAuthority && this.isAnchor;
  }

  /** The same of an anchor, which may be of the time before version 3, or have its key's usage alone. */
  get isAnchor(): boolean {
    if (this.says === null || this.says.constrainsNames || !this.maySign(keyUses.keyCertSign)) return false;
    if (this.says.hasConstraints) return this.says.isAuthority;
    return this.says.keyUsage !== null || (this.body.isOfVersion1 && this.isSelfIssued);
  }

  /** Whether its key may be used for this; a certificate that says nothing of it lets it be used for all. */
  maySign(use: number): boolean {
    return this.says !== null && (this.says.keyUsage === null || (this.says.keyUsage & use) !== 0);
  }

  /** Whether it looks as if it was issued by that one: names and identifiers of keys; nothing is computed. */
  namesAsIssuer(issuer: Certificate): boolean {
    if (this.says === null || issuer.says === null || !equal(this.body.issuer, issuer.body.subject)) return false;
    if (!isOfKeyKind(readAlgorithm(this.algorithm), issuer.body.keyAlgorithm)) return false;
    const { authorityKeyIdentifier: key, authoritySerial: serial } = this.says;
    if (key !== null && issuer.says.keyIdentifier !== null && key !== issuer.says.keyIdentifier) return false;
    return serial === null || serial === issuer.body.serial;
  }

  /** Whether that one's key signed it. */
  async isSignedBy(issuer: Certificate): Promise<boolean> {
    if (this.signature === null || !equal(this.algorithm.whole, this.body.algorithm)) return false;
    return isSignatureOf(
      readAlgorithm(this.algorithm), this.signature, this.body.whole, issuer.body.keyInfo, issuer.body.keyAlgorithm,
    );
  }

  /** Whether it names itself as its issuer; whether it is, its signature tells. */
  get looksSelfSigned(): boolean {
    return this.isSelfIssued && this.namesAsIssuer(this);
  }

  async isSelfSigned(): Promise<boolean> {
    return this.looksSelfSigned && (await this.isSignedBy(this));
  }
}
