import { isLanguage, languages } from '../../text/languages';
import { type MessageId, t } from '../../text/text';
import type { Rules } from './answers';

// A profile's rules in words. What is newer than this app is shown by its own name.

function known(table: Readonly<Record<string, MessageId>>, name: string): string {
  const id = Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;
  return id ? t(id) : name;
}

const kinds: Readonly<Record<string, MessageId>> = { main: 'kind.main', secondary: 'kind.secondary', temporary: 'kind.temporary' };
export const kindInWords = (kind: string) => known(kinds, kind);

const days: Readonly<Record<string, MessageId>> = {
  monday: 'rules.day.monday', tuesday: 'rules.day.tuesday', wednesday: 'rules.day.wednesday', thursday: 'rules.day.thursday',
  friday: 'rules.day.friday', saturday: 'rules.day.saturday', sunday: 'rules.day.sunday',
};
const weekdayInWords = (day: string) => known(days, day);

const evidence: Readonly<Record<string, MessageId>> = {
  'mailed-code': 'rules.evidence.mailed-code', 'tenancy-agreement': 'rules.evidence.tenancy-agreement',
  ownership: 'rules.evidence.ownership', 'utility-bill': 'rules.evidence.utility-bill', 'bank-letter': 'rules.evidence.bank-letter',
  'insurance-policy': 'rules.evidence.insurance-policy', 'school-letter': 'rules.evidence.school-letter',
  'employer-letter': 'rules.evidence.employer-letter', 'court-decision': 'rules.evidence.court-decision',
};
export const evidenceInWords = (id: string) => known(evidence, id);

/** A language by its own name, where the app has it. */
export const languageInWords = (tag: string) => (isLanguage(tag) ? languages[tag] : tag);

/** "14 calendar days" */
export function windowInWords({ count, unit }: Rules['filing_window']): string {
  return t(`rules.window.${unit}`, { count });
}

const year_days = 365;

export function keptInWords(count: number): string {
  const years = count > 0 && count % year_days === 0;
  return years ? t('rules.years', { count: count / year_days }) : t('rules.days', { count });
}

interface Hours {
  day: string;
  spans: string[];
}

/** By day, in the order in which they come. */
export function hoursByDay(hours: Rules['offices'][number]['hours']): Hours[] {
  const names = [...new Set(hours.map(({ day }) => day))];
  return names.map((name) => ({
    day: weekdayInWords(name),
    spans: hours.filter(({ day }) => day === name).map(({ from, to }) => t('rules.hours', { from, to })),
  }));
}
