import { t } from '../../text/text';
import { secondsBetween, spanOf } from './ages';

/** "3 minutes ago"; null where the text is no moment. */
export function agoInWords(moment: string, now: string): string | null {
  const seconds = secondsBetween(moment, now);
  if (seconds === null) return null;
  const { unit, count } = spanOf(seconds);
  return t(`log.ago.${unit}`, { count });
}

/** "in 3 minutes", or that the time has come. */
export function dueInWords(moment: string, now: string): string | null {
  const seconds = secondsBetween(now, moment);
  if (seconds === null) return null;
  if (seconds <= 0) return t('log.due.now');
  const { unit, count } = spanOf(seconds);
  return t(`log.due.${unit}`, { count });
}
