import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../text/text';
import { Button, Unseen } from '../../ui/pieces';

interface Props {
  /** On the button that begins it, and of what: heard, not seen. */
  label: string;
  what: string;
  /** What to think of before. */
  question: string;
  busy: boolean;
  onConfirmed: () => void;
}

/** A button whose act takes a second one, in its place. */
export function ConfirmedButton({ label, what, question, busy, onConfirmed }: Props) {
  const [asking, ask] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asking) box.current?.focus();
  }, [asking]);
  if (!asking) return <Button quiet onClick={() => ask(true)}>{label}<Unseen> {what}</Unseen></Button>;
  const confirm = () => {
    ask(false);
    onConfirmed();
  };
  return (
    <div class="note ask" role="group" tabIndex={-1} ref={box} aria-label={question}>
      <p>{question}</p>
      <p class="actions">
        <Button second busy={busy} onClick={confirm}>{label}<Unseen> {what}</Unseen></Button>
        <Button quiet onClick={() => ask(false)}>{t('official.keep')}</Button>
      </p>
    </div>
  );
}
