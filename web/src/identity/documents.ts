// Identity documents as the register knows them: a kind and a number. As src/identity/documents.cpp.

import { type Outcome, done, refused } from '../base/outcome';
import type { Mrz } from './mrz';

export const documentKinds = ['passport', 'identity-card', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export interface Document {
  readonly kind: DocumentKind;
  /** Upper case, without blanks and signs: "L898902C3"; never blank. */
  readonly number: string;
}

const maxDocumentNumberBytes = 64;

export type DocumentFault =
  { readonly code: 'number-too-long'; readonly maxBytes: number } | { readonly code: 'number-missing' };

/**
 * Doc 9303 writes a sign within a number as a filler and people write it as they like, so only letters and digits
 * count. Case is ASCII only: a locale's rules would turn i into another letter. Letters beyond ASCII stay as they are.
 */
function bareNumber(number: string): string {
  return number.replace(/[a-z]/g, (letter) => letter.toUpperCase()).replace(/[\0-/:-@[-\x7f]/g, '');
}

/** A document from a number as people write it: case, blanks, hyphens and other ASCII signs do not matter. */
export function parseDocument(kind: DocumentKind, number: string): Outcome<Document, DocumentFault> {
  if (new TextEncoder().encode(number).length > maxDocumentNumberBytes)
    return refused({ code: 'number-too-long', maxBytes: maxDocumentNumberBytes });
  const bare = bareNumber(number);
  return bare === '' ? refused({ code: 'number-missing' }) : done({ kind, number: bare });
}

/** The kind goes by the first letter of the document code: P is a passport, I an identity card (parts 4 to 6). */
export function documentOf(mrz: Mrz): Document {
  const letter = mrz.documentCode.charAt(0);
  const kind = letter === 'P' ? 'passport' : letter === 'I' ? 'identity-card' : 'other';
  return { kind, number: bareNumber(mrz.documentNumber) };
}
