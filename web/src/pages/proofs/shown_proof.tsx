import { useEffect, useRef, useState } from 'preact/hooks';
import { rich, t } from '../../text/text';
import { Button, Details, MomentText, Note } from '../../ui/pieces';
import { MovingCode } from './moving_code';
import { momentOf } from './moments';

/** True from the moment when it is over. */
function useOver(until: number): boolean {
  const left_ms = () => until * 1000 - Date.now();
  const [over, setOver] = useState(() => left_ms() <= 0);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, left_ms()));
    return () => clearTimeout(timer);
  }, [until]);
  return over;
}

function AsText({ text }: { text: string }) {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const [file, show] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/dc+sd-jwt' }));
    show(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  const copy = () =>
    void (async () => {
      try {
        await navigator.clipboard.writeText(text);
        setCopied('yes');
      } catch {
        setCopied('no');
      }
    })();
  return (
    <Details summary={t('proof.show.otherwise')}>
      <p class="actions">
        <Button second onClick={copy}>{t('proof.show.copy')}</Button>
        {file && <a class="button second" href={file} download="proof.txt">{t('proof.show.save')}</a>}
      </p>
      <p role="status">{copied === 'yes' ? t('proof.show.copied') : copied === 'no' ? t('proof.show.not-copied') : ''}</p>
      <textarea class="proof-text" readOnly rows={5} aria-label={t('proof.show.text')} value={text} onFocus={({ currentTarget }) => currentTarget.select()} />
    </Details>
  );
}

/** A proof as it is held out: large, with how long it is good. */
export function ShownProof({ text, until, onDone }: { text: string; until: number; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const over = useOver(until);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' }); // the whole code is to be on the screen
  }, []);
  return (
    <section aria-labelledby="shown">
      <h2 id="shown" ref={heading} tabIndex={-1}>{t('proof.show.now')}</h2>
      {over && <Note><p>{t('proof.show.over')}</p></Note>}
      {!over && <p>{rich('proof.show.until', { until: <MomentText moment={momentOf(until)} /> })}</p>}
      {!over && <MovingCode text={text} />}
      {!over && <p class="hint">{t('proof.show.bright')}</p>}
      <p class="actions"><Button second={!over} onClick={onDone}>{t(over ? 'proof.show.again' : 'proof.show.done')}</Button></p>
      {!over && <AsText text={text} />}
    </section>
  );
}
