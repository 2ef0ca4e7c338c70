// The checkpoints that this device has seen of a log, kept so that the log can neither shrink nor show it another past
// than before: each new one is checked to have grown out of those kept, by a proof made of the log's tiles.
import { equal, toHex } from '../base/bytes';
import { verifyCheckpoint } from './checkpoint';
import type { Checkpoint, SignedCheckpointRefusal } from './checkpoint';
import { consistencyProof, rootOf, verifyConsistency } from './merkle';
import type { HashReader } from './merkle';
import { parseNote } from './note';
import type { VerifierKey } from './note';
import { done } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { tileReader } from './tiles';
import type { TileFetcher, TileRefusal } from './tiles';

/** What keeps texts by key on the device. Each call is one step of its own; several tabs may use it at once. */
export interface KeyValueStore {
  /** All keys that begin so, in any order. */
  keys(prefix: string): Promise<readonly string[]>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** So many checkpoints of a log are kept while they agree. */
const maxKept = 8;
/** And so many if they do not: those are evidence, and none is dropped. */
const maxKeptInDispute = 64;

/** How a checkpoint stands to one that was kept. */
export type Relation =
  /** It grew out of it, or is the same: proven. */
  | { readonly code: 'grown' }
  /** It has fewer leaves than the log had before. */
  | { readonly code: 'shrunk' }
  /** Another tree: leaves were changed or taken away after they were published. Both notes are proof of it. */
  | { readonly code: 'forked' }
  /** Neither shown nor disproved, because the log's tiles could not be got or do not fit its checkpoint. */
  | { readonly code: 'unproven'; readonly why: TileRefusal | 'tiles-differ' | 'unreachable' };

/** A checkpoint that was kept. */
export interface Kept {
  /** The signed note as it was received. */
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** What came of a new checkpoint. */
export interface Sighting {
  /** The gravest relation to those kept: forked, then shrunk, then unproven, then grown; or the first of its log. */
  readonly code: Relation['code'] | 'first';
  readonly checkpoint: Checkpoint;
  /** The new note, and how it stands to each that was kept. */
  readonly note: string;
  readonly relations: readonly { readonly kept: Kept; readonly relation: Relation }[];
}

const gravest: readonly Relation['code'][] = ['forked', 'shrunk', 'unproven', 'grown'];

function prefixOf(key: VerifierKey): string {
  return `head ${key.line} `;
}

async function verified(note: string, key: VerifierKey): Promise<Outcome<Checkpoint, SignedCheckpointRefusal>> {
  const parsed = parseNote(note);
  return parsed.ok ? verifyCheckpoint(parsed.value, key) : parsed;
}

async function relationByTiles(
  old: Checkpoint,
  now: Checkpoint,
  read: HashReader<TileRefusal>,
): Promise<Relation> {
  const proof = await consistencyProof(old.size, now.size, read);
  if (!proof.ok) return { code: 'unproven', why: proof.why };
  if (verifyConsistency(old.size, now.size, old.root, now.root, proof.value) === null) return { code: 'grown' };
  // Tiles are signed by nobody. Only if they fit the new checkpoint, and show another old root, it is the log's doing.
  const shown = await rootOf(old.size, read);
  if (!shown.ok) return { code: 'unproven', why: shown.why };
  const fits = verifyConsistency(old.size, now.size, shown.value, now.root, proof.value) === null;
  return fits ? { code: 'forked' } : { code: 'unproven', why: 'tiles-differ' };
}

async function relationOf(old: Checkpoint, now: Checkpoint, read: HashReader<TileRefusal>): Promise<Relation> {
  if (now.size < old.size) return { code: 'shrunk' };
  if (now.size === old.size || old.size === 0n)
    return { code: now.size > old.size || equal(now.root, old.root) ? 'grown' : 'forked' };
  try {
    return await relationByTiles(old, now, read);
  } catch {
    return { code: 'unproven', why: 'unreachable' }; // what the fetcher threw: no connection, say
  }
}

/**
 * What was kept of the log of one key. Open it before a checkpoint is asked for: those that it has then must be in
 * what the log shows, however many tabs ask.
 */
export class SeenHeads {
  private constructor(
    private readonly store: KeyValueStore,
    private readonly key: VerifierKey,
    /** The largest first. */
    readonly kept: readonly Kept[],
  ) {}

  /** What is kept and was not signed by this key (a damaged store) counts for nothing. */
  static async open(store: KeyValueStore, key: VerifierKey): Promise<SeenHeads> {
    const kept: Kept[] = [];
    for (const place of await store.keys(prefixOf(key))) {
      const note = await store.get(place);
      const checkpoint = note === null ? null : await verified(note, key);
      if (note !== null && checkpoint !== null && checkpoint.ok) kept.push({ note, checkpoint: checkpoint.value });
    }
    kept.sort((a, b) => (a.checkpoint.size < b.checkpoint.size ? 1 : a.checkpoint.size > b.checkpoint.size ? -1 : 0));
    return new SeenHeads(store, key, kept);
  }

  /**
   * Checks a checkpoint that came after this was opened (a signed note, as `/checkpoint` and a history have it) against
   * all that were kept, and keeps it. Fails for a note that the log's key did not sign. `fetch` gets the log's tiles.
   */
  async see(note: string, fetch: TileFetcher): Promise<Outcome<Sighting, SignedCheckpointRefusal>> {
    const now = await verified(note, this.key);
    if (!now.ok) return now;
    const read = tileReader(now.value.size, fetch);
    const relations: { kept: Kept; relation: Relation }[] = [];
    for (const kept of this.kept)
      relations.push({ kept, relation: await relationOf(kept.checkpoint, now.value, read) });
    const code = gravest.find((grave) => relations.some(({ relation }) => relation.code === grave)) ?? 'first';
    await this.keep(note, now.value, code === 'grown' || code === 'first');
    return done({ code, checkpoint: now.value, note, relations });
  }

  /** Each checkpoint has a place of its own, so that no tab overwrites what another has seen. */
  private placeOf(checkpoint: Checkpoint): string {
    return `${prefixOf(this.key)}${checkpoint.size} ${toHex(checkpoint.root)}`;
  }

  private async keep(note: string, checkpoint: Checkpoint, agrees: boolean): Promise<void> {
    const place = this.placeOf(checkpoint);
    const isKept = this.kept.some((kept) => this.placeOf(kept.checkpoint) === place);
    if (isKept || this.kept.length >= maxKeptInDispute) return;
    await this.store.set(place, note);
    // While all agree, the largest ones stay: the others are proven to be beginnings of them. Two that do not agree stay
    // for good, as no checkpoint can agree with both.
    if (!agrees) return;
    for (const old of this.kept.slice(maxKept - 1)) await this.store.delete(this.placeOf(old.checkpoint));
  }
}
