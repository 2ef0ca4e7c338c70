import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/text';

interface Props {
  title: string;
  /** Above the title: where in a longer way one is. */
  caption?: ComponentChildren;
  faulty?: boolean;
  children: ComponentChildren;
}

/** Set while the first page is drawn: its title does not take the focus, as the browser has just read the page. */
let arrived = false;

/** The title in the tab. */
export function useTitle(title: string, faulty = false): void {
  useEffect(() => {
    document.title = t(faulty ? 'app.title-with-error' : 'app.title', { page: title });
  }, [title, faulty]);
}

/** A page: its title in the tab and as its heading, which takes the focus when the page comes. */
export function Page({ title, caption, faulty = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title, faulty);
  useEffect(() => {
    if (arrived && !faulty) heading.current?.focus({ preventScroll: true }); // what went wrong has it then
    arrived = true;
  }, []);
  return (
    <>
      {caption && <p class="caption">{caption}</p>}
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}
