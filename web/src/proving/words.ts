// The sentences of what was found.
import { type MessageId, t } from '../text/text';
import type { EntryFault, Fault, Part, Tick } from './judging';
import type { Standing, Uncheckable } from './log_view';

const differing: Readonly<Record<Part, MessageId>> = {
  number: 'tick.differs.number',
  time: 'tick.differs.time',
  operation: 'tick.differs.operation',
  actor: 'tick.differs.actor',
  office: 'tick.differs.office',
  purpose: 'tick.differs.purpose',
  reference: 'tick.differs.reference',
  fields: 'tick.differs.fields',
  'first-tried': 'tick.differs.first-tried',
  commitment: 'tick.differs.commitment',
};

const faults: Readonly<Record<EntryFault, MessageId>> = {
  unreadable: 'tick.fault.unreadable',
  newer: 'tick.fault.newer',
  'another-record': 'tick.fault.another-record',
  'out-of-order': 'tick.fault.out-of-order',
  'not-in-log': 'tick.fault.not-in-log',
  'another-state': 'tick.fault.another-state',
};

/** What stands beside an entry's mark. */
export function tickInWords(tick: Tick): string {
  switch (tick.code) {
    case 'proven':
      return t('tick.proven');
    case 'waiting':
      return t(tick.late ? 'tick.waiting.late' : 'tick.waiting');
    case 'unchecked':
      return t('tick.unchecked');
    case 'failed':
      if (tick.why === 'differs') return t(differing[tick.part]);
      return t(tick.why === 'absent' ? 'tick.absent' : faults[tick.why]);
  }
}

export function faultInWords(fault: Fault): string {
  switch (fault.code) {
    case 'entry':
      return t('tick.of-entry', { number: fault.entry, what: t(faults[fault.why]) });
    case 'list-differs':
      return t('tick.of-entry', { number: fault.entry, what: t(differing[fault.part]) });
    case 'list-invents':
      return t('tick.of-entry', { number: fault.entry, what: t('tick.absent') });
    case 'list-leaves-out':
      return t('tick.fault.left-out', { number: fault.entry });
    case 'log-shrunk':
      return t('tick.fault.log-shrunk', { before: String(fault.before), now: String(fault.now) });
    case 'epoch-cut-off':
      return t('tick.fault.epoch-cut-off', { binds: fault.binds, have: fault.have });
    default:
      return t(`tick.fault.${fault.code}`);
  }
}

/** Why nothing could be found out, and what to do. */
export function uncheckableInWords(why: Uncheckable): string {
  return t(`tick.uncheckable.${why}`);
}

/** What this device knows of the log from before; for a log that does not contradict itself. */
export function standingInWords({ code, before, now, lasting }: Standing): string {
  if (!lasting) return t('tick.log.not-kept');
  if (code === 'unproven') return t('tick.log.unproven');
  if (code === 'first' || before === null || now === null) return t('tick.log.first');
  return before === now ? t('tick.log.same', { now: String(now) }) : t('tick.log.grown', { before: String(before), now: String(now) });
}
