// What somebody holds out: of all that stands in codes on posters and packages, the one that may be a proof.
import { looksLikeSeal } from '../credential/statement';

/** As src/cli/verify.cpp has it. */
const maxProofBytes = 64 * 1024;

export type Scan =
  /** One text that may be a proof or a seal: to be verified. */
  | { readonly kind: 'found'; readonly text: string }
  /** No code is in the picture, or none that can be read: take it from straight above, sharp, and nearer. */
  | { readonly kind: 'none' }
  /** There is a code, of something else. */
  | { readonly kind: 'other' }
  /** Different ones that may be proofs: show one of them. */
  | { readonly kind: 'several' }
  /** A file that is neither a picture that this browser knows nor a text. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large' }
  /** What reads codes could not be loaded: try again when there is a connection. */
  | { readonly kind: 'broken' }
  /** A PDF, which browsers draw for eyes alone: take a picture of it. */
  | { readonly kind: 'pdf' };

/** A seal, or an SD-JWT. */
function mayBeShown(text: string): boolean {
  return looksLikeSeal(text) || (text.startsWith('ey') && text.includes('~'));
}

/** Of the codes of one picture. */
export function shownIn(codes: readonly string[]): Scan {
  const [text, ...others] = codes.filter(mayBeShown);
  if (text === undefined) return { kind: codes.length === 0 ? 'none' : 'other' };
  return others.length === 0 ? { kind: 'found', text } : { kind: 'several' };
}

/** Not by a pattern, which would look through long rows of blanks again and again. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t\r\n'.includes(text.charAt(start))) start += 1;
  while (end > start && ' \t\r\n'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** What was pasted or stood in a file, without the blanks and line ends that mails and editors put around it. */
export function shownAs(pasted: string): Scan {
  const text = trimmed(pasted);
  if (text.length > maxProofBytes) return { kind: 'too-large' };
  if (text === '') return { kind: 'none' };
  return mayBeShown(text) ? { kind: 'found', text } : { kind: 'other' };
}
