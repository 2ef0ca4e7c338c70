import { parsed, text } from '../base/decode';
import type { KeyValueStore } from '../log/seen';
import { drop, keep, kept, keptNames } from './storage';

/**
 * Where the checkpoints stand that this device has seen of the log. They are about nobody, so they outlive a sign-out;
 * leaving quickly takes them along with everything else.
 */
export const headStore: KeyValueStore = {
  keys: (prefix) => Promise.resolve(keptNames(prefix)),
  get: (name) => {
    const found = kept(name);
    return Promise.resolve(found === null ? null : parsed(text, found));
  },
  set: (name, value) => Promise.resolve(keep(name, value)),
  delete: (name) => Promise.resolve(drop(name)),
};
