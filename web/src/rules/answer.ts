// The calculator of deadlines to notify a residence. It is the one place of the app that knows that a deadline may
// depend on a citizenship: it runs on the person's device and nothing of it is sent or kept (G9). As src/deadlines.

import { type Day, formatDay } from '../base/day';
import { type Outcome, done, refused } from '../base/outcome';
import { isCountry } from '../identity/countries';
import type { Calendar } from './calendar';
import type { CalendarName } from './data';
import { type Deadline, type DeadlineFault, type Period, deadline } from './deadline';

/** One deadline, for everybody or for citizens of some countries. */
export type Rule = Period & {
  /** Two of one id differ in validFrom: the later one replaces the earlier. */
  readonly id: string;
  /** ISO 3166-1 alpha-2; none: for everybody without a rule of their own. */
  readonly citizenships?: readonly string[];
  /** YYYY-MM-DD */
  readonly validFrom: string;
  readonly source: string;
  /** Sources differ: how, as a whole sentence in English. */
  readonly conflicting?: string;
};

/** What profiles/deadlines/NAME.toml says. */
export interface Table {
  readonly name: string;
  readonly title: string;
  /** What the count begins with, such as "moving in". */
  readonly event: string;
  /** Of working days. */
  readonly calendar?: CalendarName;
  readonly notes: readonly string[];
  readonly rules: readonly Rule[];
}

export interface Alternative {
  readonly rule: Rule;
  readonly deadline: Deadline;
}

export interface Answer {
  /** The earliest of the alternatives: who keeps it is safe by all of them. */
  readonly lastDay: Day;
  /** More than one where sources differ; earliest first. */
  readonly alternatives: readonly Alternative[];
}

export type AnswerFault =
  | { readonly code: 'not-a-citizenship' }
  | { readonly code: 'no-rule-in-force'; readonly title: string; readonly day: Day }
  | DeadlineFault;

/** Of `rules`, the newest of each id that is in force on `day`. */
function inForce(rules: readonly Rule[], day: Day): Rule[] {
  const chosen = new Map<string, Rule>();
  const today = formatDay(day);
  for (const rule of rules) {
    if (rule.validFrom > today) continue;
    const same = chosen.get(rule.id);
    if (same === undefined || same.validFrom < rule.validFrom) chosen.set(rule.id, rule);
  }
  return [...chosen.values()];
}

function rulesFor(table: Table, event: Day, citizenship: string | null): Rule[] {
  if (citizenship !== null) {
    const own = table.rules.filter((rule) => rule.citizenships?.includes(citizenship));
    const chosen = inForce(own, event);
    if (chosen.length > 0) return chosen;
  }
  return inForce(
    table.rules.filter((rule) => rule.citizenships === undefined),
    event,
  );
}

function earlierFirst(a: Alternative, b: Alternative): number {
  return a.deadline.lastDay - b.deadline.lastDay || (a.rule.id < b.rule.id ? -1 : 1);
}

/**
 * The deadline for an event on `event`. `citizenship` is an ISO 3166-1 alpha-2 code in capitals, or null: the rule for
 * everybody. `calendar` may be null if no rule of the table needs one.
 */
export function answer(
  table: Table,
  calendar: Calendar | null,
  event: Day,
  citizenship: string | null,
): Outcome<Answer, AnswerFault> {
  if (citizenship !== null && !isCountry(citizenship)) return refused({ code: 'not-a-citizenship' });
  const alternatives: Alternative[] = [];
  for (const rule of rulesFor(table, event, citizenship)) {
    const counted = deadline(rule, event, calendar);
    if (!counted.ok) return counted;
    alternatives.push({ rule, deadline: counted.value });
  }
  alternatives.sort(earlierFirst);
  const [earliest] = alternatives;
  if (earliest === undefined) return refused({ code: 'no-rule-in-force', title: table.title, day: event });
  return done({ lastDay: earliest.deadline.lastDay, alternatives });
}
