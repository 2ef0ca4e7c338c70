import { t } from '../text/text';
import { Unseen } from '../ui/pieces';
import type { Tick } from './judging';
import { tickInWords } from './words';

/** A tick, an open ring, a broken ring or a cross, with its words: the shape says it without the colour. */
export function Mark({ tick }: { tick: Tick }) {
  return (
    <span class={`mark ${tick.code}`}>
      {tickInWords(tick)}
      {tick.code === 'proven' && <Unseen> {t('tick.proven.what')}</Unseen>}
    </span>
  );
}
