// The name of a person, as two parts. How a passport spells it in Latin letters is authoritative: nothing here
// transliterates, and nothing compares a name in a zone with a full name (zones cut names and drop signs).

import type { Mrz } from './mrz';

export interface Names {
  /** The only part of a single name. */
  readonly family: string;
  /** May be blank. */
  readonly given: string;
}

/** Words apart by one space, however many fillers are between them; one at the end stays, as the zone has it. */
function plain(identifier: string): string {
  return identifier.replace(/^<+/, '').replace(/<+/g, ' ');
}

/** The identifiers of a zone in plain words: "ANNA<MARIA" is "ANNA MARIA". */
export function namesOf(mrz: Mrz): Names {
  return { family: plain(mrz.primaryIdentifier), given: plain(mrz.secondaryIdentifier) };
}
