import { list, parsed, record, text } from '../base/decode';
import { keep, kept } from './storage';

// What the children are called that somebody files for, kept with their drafts: so that a page for a child says for whom
// it is before there is an answer, and without a connection. Goes with the drafts.

const decoder = list(record({ id: text, name: text }));

export interface Named {
  /** Of the guardianship. */
  id: string;
  name: string;
}

export function keepNames(children: readonly Named[]): void {
  keep('children', children);
}

export function nameOf(id: string): string | null {
  const found = kept('children');
  const children = found === null ? null : parsed(decoder, found);
  return children?.find((child) => child.id === id)?.name ?? null;
}
