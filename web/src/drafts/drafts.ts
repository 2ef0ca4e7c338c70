import { dictionary, parsed, text } from '../base/decode';
import { drop, keep, kept } from './storage';

/** What was typed into a form so far, by field. */
export type Draft = Record<string, string>;

const decoder = dictionary(text);

export function readDraft(form: string): Draft | null {
  const found = kept(`draft.${form}`);
  return found === null ? null : parsed(decoder, found);
}

export function keepDraft(form: string, draft: Draft): void {
  keep(`draft.${form}`, draft);
}

export function dropDraft(form: string): void {
  drop(`draft.${form}`);
}

/** Under which name an address to be registered is kept over all steps: one's own, or one for a child. */
export function registerDraft(child: string | null): string {
  return child === null ? 'register' : `register.${child}`;
}
