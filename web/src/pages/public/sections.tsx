import type { ComponentChildren } from 'preact';

export function Section({ id, title, children }: { id: string; title: ComponentChildren; children: ComponentChildren }) {
  return <section aria-labelledby={id}><h2 id={id}>{title}</h2>{children}</section>;
}

/** What the register says in English, whatever language is shown. */
export function English({ children }: { children: ComponentChildren }) {
  return <span lang="en" dir="ltr">{children}</span>;
}

export function Code({ children }: { children: ComponentChildren }) {
  return <span class="code" dir="ltr">{children}</span>;
}
