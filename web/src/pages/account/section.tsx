import type { ComponentChildren } from 'preact';
import { t } from '../../text/text';
import { FailureText, type Loaded, OnItsWay } from '../../ui/loading';

/** A part of the page that has its own answer of the register. */
export function Section<T>({ id, title, what, loaded, children }: { id: string; title: string; what: string; loaded: Loaded<T>; children: (value: T) => ComponentChildren }) {
  return (
    <section class={loaded.value === null && !loaded.failure ? 'waited-for' : undefined} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{what}</p>
      {loaded.failure && <FailureText failure={loaded.failure} again={loaded.again} />}
      {loaded.value === null && !loaded.failure && <OnItsWay words={t('app.loading')} />}
      {loaded.value !== null && children(loaded.value)}
    </section>
  );
}
