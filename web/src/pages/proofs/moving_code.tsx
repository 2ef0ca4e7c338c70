import { useEffect, useMemo, useState } from 'preact/hooks';
import { toHex } from '../../base/bytes';
import { partsOf } from '../../showing/parts';
import { t } from '../../text/text';
import { Button } from '../../ui/pieces';
import { QrPicture } from '../../ui/qr';

/** Two in a second: slow enough for old cameras, and far from flickering. */
const turn_ms = 450;

/** A long text as QR codes that take turns. They can be stopped, and turned by hand. */
export function MovingCode({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(text, toHex(crypto.getRandomValues(new Uint8Array(2)))), [text]);
  const [at, turnTo] = useState(0);
  const [moves, setMoves] = useState(true);
  const next = () => turnTo((n) => (n + 1) % parts.length);
  useEffect(() => {
    if (!moves) return undefined;
    const timer = setInterval(next, turn_ms);
    return () => clearInterval(timer);
  }, [moves, parts]);
  return (
    <div class="showing">
      <QrPicture large text={parts[at] ?? ''} label={t('proof.show.code')} />
      <p class="turns">
        <span aria-hidden="true">{t('proof.show.part', { part: at + 1, parts: parts.length })}</span>
        <Button quiet onClick={() => setMoves(!moves)}>{t(moves ? 'proof.show.stop' : 'proof.show.go-on')}</Button>
        {!moves && <Button quiet onClick={next}>{t('proof.show.next')}</Button>}
      </p>
    </div>
  );
}
