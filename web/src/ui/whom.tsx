import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type MessageId, richOf, tOf } from '../text/text';

// Whom a page is about: the person who is signed in, or a child that they file for. The same pages serve both.

export interface Child {
  /** Of the guardianship: a child's record has no number that a guardian would know. */
  id: string;
  name: string;
}

const Whom = createContext<Child | null>(null);

/** Everything in it is about this child. */
export function OfChild({ child, children }: { child: Child; children: ComponentChildren }) {
  return <Whom.Provider value={child}>{children}</Whom.Provider>;
}

/** Null where it is about the person themselves. */
export function useChild(): Child | null {
  return useContext(Whom);
}

type Values = Parameters<typeof tOf>[2];

/** A message in the words for the person themselves, or for the child. */
export function say(child: Child | null, id: MessageId, values?: Values): string {
  return tOf(child?.name ?? null, id, values);
}

export function sayRich(child: Child | null, id: MessageId, values: Parameters<typeof richOf>[2]): ComponentChildren {
  return richOf(child?.name ?? null, id, values);
}

/** Where in the app a page about the child is, by where the one about oneself is. */
export function pathOf(child: Child | null, path: string): string {
  if (child === null) return path;
  return path === '' ? `children/${child.id}` : `children/${child.id}/${path}`;
}
