import type { PasskeyFailure } from '../../api/passkeys';
import { type Fault, faultOf, type Placing } from '../../ui/form';

const words: Placing['words'] = {
  unauthenticated: 'official.passkey.unknown',
  unsupported: 'sign-in.passkey.wrong-address',
  'invalid:credential': 'official.passkey.too-slow',
  'conflict:credential': 'official.passkey.there-already',
  conflict: 'official.passkey.too-many',
};

/** What to show of a passkey that came to nothing, where it is used or made. */
export function faultOfPasskey(failure: PasskeyFailure, placing: Placing = {}): Fault {
  if (failure.kind === 'no-passkey') return { field: null, id: 'official.passkey.none' };
  if (failure.kind === 'wrong-address') return { field: null, id: 'sign-in.passkey.wrong-address' };
  if (failure.kind === 'there-already') return { field: null, id: 'official.passkey.there-already' };
  return faultOf(failure, { ...placing, words: { ...words, ...placing.words } });
}
