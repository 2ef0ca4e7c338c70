import { useEffect, useRef } from 'preact/hooks';

/** What was just done. It takes the focus, as the button that did it may be gone. */
export function DoneNote({ words, round }: { words: string; round: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [round]);
  return <div class="note good" role="status" tabIndex={-1} ref={box}><p>{words}</p></div>;
}
