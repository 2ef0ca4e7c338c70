// A look at the log as it is now, by all that a device can check alone: the signature, and what it has seen before.
import { parseVerifierKey } from './note';
import { SeenHeads } from './seen';
import type { KeyValueStore, Sighting } from './seen';
import type { TileFetcher } from './tiles';

/** Where a look gets what it looks at. */
export interface LogSources {
  /** What this device has seen before. */
  readonly store: KeyValueStore;
  /** The text of a file of the log; null if there is none. Throws if it cannot be got. */
  readonly text: (name: 'checkpoint' | 'log.vkey') => Promise<string | null>;
  readonly tile: TileFetcher;
}

export type LogLook =
  | {
      /** How the newest checkpoint, which the log's key signed, stands to those that were seen before. */
      readonly code: Sighting['code'];
      readonly sighting: Sighting;
      /** How many leaves the largest of those had; null before the first. */
      readonly before: bigint | null;
      /** Names of other logs that this device has seen at this address. */
      readonly others: readonly string[];
    }
  /** The log shows no checkpoint yet. */
  | { readonly code: 'no-checkpoint' }
  /** What it shows as its key is none. */
  | { readonly code: 'bad-key' }
  /** What it shows as its checkpoint is none, or its key did not sign it. */
  | { readonly code: 'unsigned' }
  | { readonly code: 'unreachable' }
  /** The browser gives a page no cryptography that came over plain http from another machine. */
  | { readonly code: 'no-cryptography' };

const nameOf = (keyLine: string) => keyLine.slice(0, keyLine.indexOf('+'));

/** Looks once. What was seen is opened before the checkpoint is asked for, as SeenHeads wants it. */
export async function lookAtLog({ store, text, tile }: LogSources): Promise<LogLook> {
  if (!globalThis.crypto?.subtle) return { code: 'no-cryptography' };
  try {
    const line = await text('log.vkey');
    const key = parseVerifierKey((line ?? '').replace(/\n$/, ''));
    if (!key.ok) return { code: 'bad-key' };
    const seen = await SeenHeads.open(store, key.value);
    const note = await text('checkpoint');
    if (note === null) return { code: 'no-checkpoint' };
    const sighting = await seen.see(note, tile);
    if (!sighting.ok) return { code: 'unsigned' };
    const before = seen.kept[0]?.checkpoint.size ?? null;
    return { code: sighting.value.code, sighting: sighting.value, before, others: seen.otherLogs.map(nameOf) };
  } catch {
    return { code: 'unreachable' };
  }
}
