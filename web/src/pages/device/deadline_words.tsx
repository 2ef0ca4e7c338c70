import type { ComponentChildren } from 'preact';
import type { Day } from '../../base/day';
import type { AnswerFault, Table } from '../../rules/answer';
import type { Period, Step } from '../../rules/deadline';
import { rich, t } from '../../text/text';
import type { Fault } from '../../ui/form';
import { fullDay } from './day_words';

// The calculator's typed results in words. What tables and calendars say themselves is English, and marked as such.

const list = (days: readonly Day[]) => days.map(fullDay).join('; ');

export function English({ children }: { children: ComponentChildren }) {
  return <span lang="en">{children}</span>;
}

/** What the count begins with, as the label of its day. */
export function eventInWords({ event }: Table): string {
  if (event === 'moving in') return t('deadline.event.moving-in');
  return event === 'arrival' ? t('deadline.event.arrival') : t('deadline.event.other');
}

/** "Within 7 working days" */
export function periodInWords({ count, unit }: Period): string {
  return t(`deadline.within.${unit}`, { count });
}

function firstDay({ counts, unit }: Extract<Step, { code: 'first-day' }>): string {
  if (unit === 'working-days') return counts ? t('deadline.step.counts-if-worked') : t('deadline.step.counts-from-next');
  return counts ? t('deadline.step.counts') : t('deadline.step.counts-not');
}

function periodEnds({ period: { unit, count }, day }: Extract<Step, { code: 'period-ends' }>): string {
  const unitOfAllDays = unit === 'weeks' ? 'weeks' : 'calendar-days';
  return t(`deadline.step.period-ends.${unitOfAllDays}`, { count, day: fullDay(day) });
}

/** One step of a count, as a sentence. */
export function stepInWords(step: Step): ComponentChildren {
  switch (step.code) {
    case 'event': return t('deadline.step.event', { day: fullDay(step.day) });
    case 'first-day': return firstDay(step);
    case 'first-working-day': return t('deadline.step.first-working-day', { day: fullDay(step.day) });
    case 'not-counted': return t('deadline.step.not-counted', { days: list(step.daysOff) });
    case 'last-working-day': return t('deadline.step.last-working-day', { count: step.count, day: fullDay(step.day) });
    case 'period-ends': return periodEnds(step);
    case 'stays': return t('deadline.step.stays');
    case 'ends-on-working-day': return t('deadline.step.ends-on-working-day');
    case 'moves': return t('deadline.step.moves', { days: list(step.daysOff), day: fullDay(step.day) });
    case 'calendar': return rich('deadline.step.calendar', { title: () => <English>{step.title}</English> });
    case 'provisional': return t('deadline.step.provisional', { year: String(step.year) });
    case 'note': return <English>{step.text}</English>;
  }
}

/** Why there is no answer, at the field that can change it. */
export function faultInWords(fault: AnswerFault): Fault {
  switch (fault.code) {
    case 'not-a-citizenship': return { field: 'citizenship', id: 'deadline.citizenship.wrong' };
    case 'no-rule-in-force': return { field: 'day', id: 'deadline.no-rule' };
    case 'calendar-does-not-cover': return { field: 'day', id: 'deadline.calendar-ends', values: { year: String(fault.year) } };
    case 'calendar-missing':
    case 'count-out-of-range': return { field: 'place', id: 'deadline.calendar-missing' };
  }
}
