// The log as this device sees it: its key, and how each checkpoint stands to those that were seen before.
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { parseVerifierKey, SeenHeads, textOf } from '../log';
import type { Sighting, VerifierKey } from '../log';
import { verifyEd25519 } from '../log/ed25519';
import { fetchBytes, fetchTile } from './fetching';
import type { Missed } from './fetching';
import { headsStore } from './heads';
import type { HeadsStore } from './heads';

/** Why nothing can be said, good or bad; `device`: this browser cannot check signatures. */
export type Uncheckable = Missed | 'device' | 'newer';

/** How the log stands to what this device has seen of it. */
export interface Standing {
  /** The gravest of what was found; `unsigned`: the log's key did not sign what is shown as its checkpoint. */
  readonly code: Sighting['code'] | 'unsigned';
  /** Leaves that the log had when this device last looked; null if it never did. */
  readonly before: bigint | null;
  /** Leaves now; null if nothing that is shown can be trusted. */
  readonly now: bigint | null;
  /** Signed notes that do not agree, or what should have been one: to be kept by whoever has them. */
  readonly evidence: readonly string[];
  /** Names of logs of other keys that were seen in this place before. */
  readonly otherLogs: readonly string[];
  /** False if this browser keeps nothing beyond the page. */
  readonly lasting: boolean;
}

const gravest: readonly Standing['code'][] = ['unsigned', 'forked', 'shrunk', 'unproven', 'grown', 'first'];

function graver(a: Standing['code'], b: Standing['code']): Standing['code'] {
  return gravest.indexOf(a) <= gravest.indexOf(b) ? a : b;
}

/**
 * Whether signatures can be checked here: not on a page that came over plain http from another machine, where browsers
 * have no WebCrypto. Any answer will do; what cannot work throws.
 */
async function canVerify(): Promise<boolean> {
  try {
    await verifyEd25519(new Uint8Array(32), new Uint8Array(1), new Uint8Array(64));
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    return true;
  } catch {
    return false;
  }
}

/** Open it before any checkpoint is asked for, and look at each that comes. */
export class LogView {
  private standing: Standing;

  private constructor(
    readonly key: VerifierKey,
    private readonly heads: HeadsStore,
    private seen: SeenHeads,
  ) {
    const before = seen.kept[0]?.checkpoint.size ?? null;
    const otherLogs = seen.otherLogs.map((line) => line.slice(0, line.indexOf('+')));
    this.standing = { code: 'first', before, now: null, evidence: [], otherLogs, lasting: heads.lasting };
  }

  static async open(): Promise<Outcome<LogView, Uncheckable>> {
    const line = await fetchBytes('/log.vkey');
    if (!line.ok) return line;
    const key = parseVerifierKey((textOf(line.value) ?? '').replace(/\n$/, ''));
    if (!key.ok) return refused('unavailable'); // whatever answered there is no log: a hotel's network, say
    if (!(await canVerify())) return refused('device');
    const heads = await headsStore();
    return done(new LogView(key.value, heads, await SeenHeads.open(heads.store, key.value)));
  }

  /** Takes a checkpoint that came after this was opened. */
  async look(note: string): Promise<void> {
    const sighting = await this.seen.see(note, fetchTile);
    if (!sighting.ok) {
      this.standing = { ...this.standing, code: 'unsigned', evidence: [...this.standing.evidence, note] };
      return;
    }
    const { code, checkpoint, relations } = sighting.value;
    const against = relations.filter(({ relation }) => relation.code === 'forked' || relation.code === 'shrunk');
    const evidence = against.length > 0 ? [...against.map(({ kept }) => kept.note), note] : [];
    const { before } = this.standing;
    this.standing = {
      ...this.standing,
      // The log's first checkpoint here may be followed by a later one in the same look.
      code: graver(this.standing.code, before === null && code === 'grown' ? 'first' : code),
      now: checkpoint.size,
      evidence: Array.from(new Set([...this.standing.evidence, ...evidence])),
    };
  }

  /**
   * Asks for the log's newest checkpoint and looks at it. What was seen a moment ago counts as seen before. Without an
   * answer nothing is known of it, and why there was none is the result.
   */
  async lookAtNewest(): Promise<Missed | null> {
    this.seen = await SeenHeads.open(this.heads.store, this.key);
    const bytes = await fetchBytes('/checkpoint');
    if (!bytes.ok) return bytes.why;
    await this.look(textOf(bytes.value) ?? '');
    return null;
  }

  get found(): Standing {
    return this.standing;
  }
}

/** The log contradicts itself, or shows what it did not sign: nothing that it proves is worth much then. */
export function inDispute({ code }: Standing): boolean {
  return code === 'forked' || code === 'shrunk' || code === 'unsigned';
}
