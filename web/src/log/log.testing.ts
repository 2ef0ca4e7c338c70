// A log in memory that signs, for tests: with all tiles of each size, and by the recursion of RFC 9162, section 2.1.1.
import * as ed25519 from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, toBase64, toHex } from '../base/bytes';
import { emptyRoot, hashChildren, hashLeaf } from './merkle';
import { parseVerifierKey } from './note';
import type { VerifierKey } from './note';
import { sha256 } from './sha256';
import { bytesOf } from './text';

ed25519.hashes.sha512 = (message) => Uint8Array.from(sha512(message));

function keyOf(line: string): VerifierKey {
  const key = parseVerifierKey(line);
  if (!key.ok) throw new Error(key.why.code);
  return key.value;
}

/** A key made of a seed of equal bytes, and the line of its public half. */
export class TestKey {
  readonly key: VerifierKey;
  private readonly secret: Uint8Array;

  constructor(seed: number, name = 'abode.example/log', type = 0x01) {
    this.secret = new Uint8Array(32).fill(seed);
    const typed = concat(Uint8Array.of(type), ed25519.getPublicKey(this.secret));
    const id = sha256(bytesOf(`${name}\n`), typed).slice(0, 4);
    this.key = keyOf(`${name}+${toHex(id)}+${toBase64(typed)}`);
  }

  sign(message: Uint8Array): Uint8Array {
    return ed25519.sign(message, this.secret);
  }

  noteOf(text: string): string {
    const line = toBase64(concat(this.key.id, this.sign(bytesOf(text))));
    return `${text}\n\u2014 ${this.key.name} ${line}\n`;
  }
}

export class TestLog {
  readonly signer: TestKey;
  private readonly leaves: Uint8Array[] = [];

  /** Its leaves are texts: those of the first `size` numbers, from `fork` on others. */
  constructor(size: number, fork = Infinity, signer = new TestKey(1)) {
    this.signer = signer;
    for (let i = 0; i < size; ++i) this.leaves.push(hashLeaf(bytesOf(i < fork ? `leaf ${i}` : `other ${i}`)));
  }

  root(size: number, first = 0): Uint8Array {
    const [leaf] = this.leaves.slice(first);
    if (size === 0 || leaf === undefined) return emptyRoot();
    if (size === 1) return leaf;
    let split = 1;
    while (2 * split < size) split *= 2;
    return hashChildren(this.root(split, first), this.root(size - split, first + split));
  }

  /** A tile of the trees up to 65,536 leaves. */
  tile(path: string): Uint8Array | null {
    const found = /^tile\/([01])\/([0-9]{3})(?:\.p\/([0-9]+))?$/.exec(path);
    if (found === null) return null;
    const span = found[1] === '1' ? 256 : 1;
    const width = Number(found[3] ?? 256);
    const first = Number(found[2]) * 256;
    if ((first + width) * span > this.leaves.length) return null;
    return concat(...Array.from({ length: width }, (_, i) => this.root(span, (first + i) * span)));
  }

  noteAt(size: number): string {
    return this.signer.noteOf(`${this.signer.key.name}\n${size}\n${toBase64(this.root(size))}\n`);
  }
}
