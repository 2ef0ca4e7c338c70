// The Merkle tree of the log: hashes (RFC 6962, section 2.1), checks of proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2),
// and proofs of consistency made of single hashes (section 2.1.4.1). Sizes and indices are unsigned, of 64 bits.
import { equal } from '../base/bytes';
import { done } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { sha256 } from './sha256';

/** The hashes of a proof in the order of RFC 9162: the one nearest to the leaves first. */
export type Proof = readonly Uint8Array[];

/** No such leaf in a tree of this size; too few or too many hashes for this place; or they lead to another root. */
export type InclusionRefusal = 'no-such-leaf' | 'too-few-hashes' | 'too-many-hashes' | 'another-root';

/** The new tree is the smaller one; too few or too many hashes; or they lead to another root of the old or new tree. */
export type ConsistencyRefusal =
  | 'shrunk' | 'too-few-hashes' | 'too-many-hashes' | 'another-old-root' | 'another-new-root';

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** SHA-256(0x00 || data). */
export function hashLeaf(data: Uint8Array): Uint8Array {
  return sha256(leafPrefix, data);
}

/** SHA-256(0x01 || left || right). */
export function hashChildren(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(nodePrefix, left, right);
}

/** The root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256();
}

/** Climbs from one leaf and the last leaf to the root, as the checks of RFC 9162 do (there: fn and sn). */
class Climb {
  constructor(
    private place: bigint,
    private last: bigint,
  ) {}

  atRoot(): boolean {
    return this.last === 0n;
  }

  isRightChild(): boolean {
    return (this.place & 1n) === 1n;
  }

  /** So it is for a right child, and for the last node of a level, whose next sibling is met some levels higher. */
  siblingIsLeft(): boolean {
    return this.isRightChild() || this.place === this.last;
  }

  up(): void {
    this.place >>= 1n;
    this.last >>= 1n;
  }

  /** Goes up past the levels where a last node has no sibling. */
  skipLevelsWithoutSibling(): void {
    while (!this.isRightChild() && this.place !== 0n) this.up();
  }
}

/** That the leaf of this hash is at `index` in the tree of this size and root; null if so. */
export function verifyInclusion(
  index: bigint,
  size: bigint,
  leafHash: Uint8Array,
  proof: Proof,
  root: Uint8Array,
): InclusionRefusal | null {
  if (index >= size) return 'no-such-leaf';
  const climb = new Climb(index, size - 1n);
  let hash = leafHash;
  for (const sibling of proof) {
    if (climb.atRoot()) return 'too-many-hashes';
    if (climb.siblingIsLeft()) {
      hash = hashChildren(sibling, hash);
      climb.skipLevelsWithoutSibling();
    } else {
      hash = hashChildren(hash, sibling);
    }
    climb.up();
  }
  if (!climb.atRoot()) return 'too-few-hashes';
  return equal(hash, root) ? null : 'another-root';
}

function isPowerOfTwo(size: bigint): boolean {
  return size > 0n && (size & (size - 1n)) === 0n;
}

/**
 * That the new tree begins with all leaves of the old one; null if so. Where RFC 9162 leaves cases open: equal sizes
 * need equal roots, an empty old tree the empty root, and both an empty proof.
 */
export function verifyConsistency(
  oldSize: bigint,
  newSize: bigint,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: Proof,
): ConsistencyRefusal | null {
  if (oldSize > newSize) return 'shrunk';
  if (oldSize === 0n && !equal(oldRoot, emptyRoot())) return 'another-old-root';
  if (oldSize === newSize && !equal(oldRoot, newRoot)) return 'another-new-root';
  if (oldSize === 0n || oldSize === newSize) return proof.length === 0 ? null : 'too-many-hashes';
  const [first, ...others] = proof;
  if (first === undefined) return 'too-few-hashes';

  const climb = new Climb(oldSize - 1n, newSize - 1n);
  while (climb.isRightChild()) climb.up();
  const oldIsPerfect = isPowerOfTwo(oldSize);  // then it is a node of the new tree, and its hash is not in the proof
  let oldHash = oldIsPerfect ? oldRoot : first;
  let newHash = oldHash;
  for (const sibling of oldIsPerfect ? proof : others) {
    if (climb.atRoot()) return 'too-many-hashes';
    if (climb.siblingIsLeft()) {
      oldHash = hashChildren(sibling, oldHash);
      newHash = hashChildren(sibling, newHash);
      climb.skipLevelsWithoutSibling();
    } else {
      newHash = hashChildren(newHash, sibling);
    }
    climb.up();
  }
  if (!climb.atRoot()) return 'too-few-hashes';
  if (!equal(oldHash, oldRoot)) return 'another-old-root';
  return equal(newHash, newRoot) ? null : 'another-new-root';
}

/** The perfect subtree over leaves [index * 2^level, (index + 1) * 2^level); level 0 are the leaf hashes. */
export interface Node {
  readonly level: number;
  readonly index: bigint;
}

/** Answers with the hash of a perfect subtree that lies wholly within the tree, or with why it has none. */
export type HashReader<Why> = (node: Node) => Promise<Outcome<Uint8Array, Why>>;

/** The largest power of two that is not larger. */
function bitFloor(value: bigint): bigint {
  let floor = 1n;
  while (floor * 2n <= value) floor *= 2n;
  return floor;
}

/** MTH(D[first:end]) as the proofs ask for it: `first` is a multiple of the largest perfect subtree in the range. */
async function rangeHash<Why>(
  first: bigint,
  end: bigint,
  read: HashReader<Why>,
): Promise<Outcome<Uint8Array, Why>> {
  const subtrees: Uint8Array[] = [];
  for (let at = first; at < end; ) {
    const width = bitFloor(end - at);
    const level = width.toString(2).length - 1;
    const hash = await read({ level, index: at >> BigInt(level) });
    if (!hash.ok) return hash;
    subtrees.push(hash.value);
    at += width;
  }
  return done(subtrees.reduceRight((right, left) => hashChildren(left, right)));
}

/** The root of the tree of the first `size` leaves, which are not none. Fails as `read` does. */
export function rootOf<Why>(size: bigint, read: HashReader<Why>): Promise<Outcome<Uint8Array, Why>> {
  return rangeHash(0n, size, read);
}

/**
 * PROOF(oldSize, D[newSize]) of RFC 9162, section 2.1.4.1; empty if the sizes are equal or the old tree is. The old
 * size must not be the larger one. Fails as `read` does.
 */
export async function consistencyProof<Why>(
  oldSize: bigint,
  newSize: bigint,
  read: HashReader<Why>,
): Promise<Outcome<Proof, Why>> {
  if (oldSize === 0n) return done([]);
  const proof: Uint8Array[] = [];
  let first = 0n;
  let end = newSize;
  while (end !== oldSize) {
    const middle = first + bitFloor(end - first - 1n);
    const inLeft = oldSize <= middle;
    const sibling = inLeft ? await rangeHash(middle, end, read) : await rangeHash(first, middle, read);
    if (!sibling.ok) return sibling;
    proof.push(sibling.value);
    if (inLeft) end = middle;
    else first = middle;
  }
  // The checker has the old root. Unless the old tree is itself this last subtree, its hash has to be given.
  if (first !== 0n) {
    const last = await rangeHash(first, end, read);
    if (!last.ok) return last;
    proof.push(last.value);
  }
  return done(proof.reverse());
}
