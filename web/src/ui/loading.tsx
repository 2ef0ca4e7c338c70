import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Answer, Failure } from '../api/client';
import { makeStore, type Store } from '../base/store';
import { t } from '../text/text';
import { faultOf, wordsOf } from './form';
import { Page } from './page';
import { Button } from './pieces';

export interface Loaded<T> {
  value: T | null;
  failure: Failure | null;
  again: () => void;
}

/** Asks once for each `key`, and again when told to. What is there stays until the new answer comes. */
export function useLoaded<T>(ask: () => Promise<Answer<T>>, key: string | number = ''): Loaded<T> {
  const [round, next] = useState(0);
  const [state, show] = useState<{ value: T | null; failure: Failure | null }>({ value: null, failure: null });
  useEffect(() => {
    let wanted = true;
    void ask().then((answer) => {
      if (!wanted) return;
      if (answer.ok) show({ value: answer.value, failure: null });
      else show((before) => ({ value: before.value, failure: answer.failure }));
    });
    return () => {
      wanted = false;
    };
  }, [key, round]);
  return { ...state, again: () => next((n) => n + 1) };
}

/** How many parts of the page are on their way: what stands below them waits, so that it does not jump. */
export const onTheirWay = makeStore(0);
/** How many pages stand in front of the one that waits: they are there. */
export const inFront = makeStore(0);

/** Counts in `store` for as long as the caller is drawn. */
export function useCounted(store: Store<number>): void {
  useLayoutEffect(() => {
    store.set(store.get() + 1);
    return () => store.set(store.get() - 1);
  }, []);
}

/** True once the page has waited for so long. */
export function useLate(after_ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after_ms);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** Shown before anything came: nothing for a moment, then `words`, that it is on its way. */
export function OnItsWay({ words }: { words: string }) {
  const late = useLate(400);
  useCounted(onTheirWay);
  return <p class="on-its-way" role="status">{late ? words : ''}</p>;
}

export function FailureText({ failure, again }: { failure: Failure; again: () => void }) {
  const fault = faultOf(failure);
  return (
    <div class="summary" role="alert">
      <p lang={'said' in fault ? 'en' : undefined}>{wordsOf(fault)}</p>
      <p class="actions"><Button second onClick={again}>{t('app.try-again')}</Button></p>
    </div>
  );
}

/** What had to be asked for: what is there of it, what went wrong, or `words` while it is on its way. */
export function LoadedContent<T>({ loaded, words, children }: { loaded: Loaded<T>; words: string; children: (value: T) => ComponentChildren }) {
  const { value, failure, again } = loaded;
  return (
    <>
      {failure && <FailureText failure={failure} again={again} />}
      {value !== null && children(value)}
      {value === null && !failure && <OnItsWay words={words} />}
    </>
  );
}

interface LoadedPageProps<T> {
  title: string;
  loaded: Loaded<T>;
  faulty?: boolean;
  children: (value: T) => ComponentChildren;
}

/** A page whose content has to be asked for. */
export function LoadedPage<T>({ title, loaded, faulty = false, children }: LoadedPageProps<T>) {
  return <Page title={title} faulty={faulty}><LoadedContent loaded={loaded} words={t('app.loading')}>{children}</LoadedContent></Page>;
}
