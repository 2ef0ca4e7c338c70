// What the C++ code says in English, said from the browser's typed results: so that vectors hold every word of them.

import { type Day, formatDay, partsOf, weekdayOf } from '../src/base/day';
import type { DocumentFault } from '../src/identity/documents';
import type { CheckHint, MrzFault, MrzField } from '../src/identity/faults';
import type { Answer, AnswerFault, Table } from '../src/rules/answer';
import type { Period, Step } from '../src/rules/deadline';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(' ');

function dayInWords(day: Day): string {
  const parts = partsOf(day);
  return `${weekdays[weekdayOf(day)]}, ${parts.day} ${months[parts.month - 1]} ${parts.year}`;
}

const daysInWords = (days: readonly Day[]) => days.map(dayInWords).join('; ');

function periodInWords({ count, unit }: Period): string {
  const word = unit === 'working-days' ? 'working day' : unit === 'calendar-days' ? 'calendar day' : 'week';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function firstDayInWords(counts: boolean, unit: Period['unit']): string {
  if (unit === 'working-days')
    return counts ? 'That day counts if it is a working day.' : 'That day does not count; counting begins on the next.';
  return counts
    ? 'That day is the first day of the period.'
    : 'That day does not count; the next is the first day of the period.';
}

export function stepInWords(step: Step): string {
  switch (step.code) {
    case 'event':
      return `The day of the event is ${dayInWords(step.day)}.`;
    case 'first-day':
      return firstDayInWords(step.counts, step.unit);
    case 'first-working-day':
      return `The first working day that counts is ${dayInWords(step.day)}.`;
    case 'not-counted':
      return `Not counted, because they are days off: ${daysInWords(step.daysOff)}.`;
    case 'last-working-day':
      return `Working day number ${step.count} is ${dayInWords(step.day)}: the last day.`;
    case 'period-ends':
      return `Every day counts, days off too: the period of ${periodInWords(step.period)} ends on ${dayInWords(step.day)}.`;
    case 'stays':
      return 'The last day stays where it is, whatever day of the week it is.';
    case 'ends-on-working-day':
      return 'That is a working day: the last day.';
    case 'moves':
      return `A last day that is a day off moves to the next working day. Days off: ${daysInWords(step.daysOff)}. The last day is ${dayInWords(step.day)}.`;
    case 'calendar':
      return `Days off are those of the calendar "${step.title}".`;
    case 'provisional':
      return `The calendar of ${step.year} is provisional: it may still change. Look again.`;
    case 'note':
      return step.text;
  }
}

export function answerInWords(table: Table, answer: Answer): string[] {
  const { alternatives } = answer;
  const differ = alternatives.length > 1;
  const lines = [`The last day is ${dayInWords(answer.lastDay)}.`];
  if (differ)
    lines.push(
      `Sources differ. This is the earliest of ${alternatives.length} answers: who keeps it is safe by all of them.`,
    );
  for (const { rule, deadline } of alternatives) {
    const within = `Rule: within ${periodInWords(rule)} of ${table.event}.`;
    lines.push(`${within} Source: ${rule.source}. In force since ${rule.validFrom}.`);
    if (rule.conflicting !== undefined) lines.push(rule.conflicting);
    lines.push(...deadline.steps.map(stepInWords));
    if (differ) lines.push(`By this rule the last day is ${dayInWords(deadline.lastDay)}.`);
  }
  return [...lines, ...table.notes];
}

/** Kind, field and sentence of an error in C++. */
export interface CppError {
  readonly code: string;
  readonly field: string;
  readonly detail: string;
}

export function answerFaultInWords(fault: AnswerFault): CppError {
  switch (fault.code) {
    case 'not-a-citizenship':
      return {
        code: 'invalid',
        field: 'citizenship',
        detail: "A citizenship is a country's code of two capital letters, such as UZ.",
      };
    case 'no-rule-in-force':
      return {
        code: 'not-found',
        field: '',
        detail: `No rule of "${fault.title}" was in force on ${formatDay(fault.day)}. Choose a later day.`,
      };
    case 'calendar-does-not-cover':
      return {
        code: 'not-found',
        field: '',
        detail: `The calendar "${fault.title}" does not cover ${fault.year}. Take a calendar that does, or count by hand.`,
      };
    case 'calendar-missing':
      return { code: 'invalid', field: 'calendar', detail: 'This period needs a calendar of working days. Name one.' };
    case 'count-out-of-range':
      return { code: 'invalid', field: 'count', detail: `A period is 1 to ${fault.max} days or weeks.` };
  }
}

// ---- documents

const sizes =
  'A machine-readable zone has 3 lines of 30 characters (identity card), 2 of 44 (passport) or 2 of 36 (larger card)';

const forbiddenHints = {
  'two-fillers': "this quotation mark is probably '<<'",
  'filler-for-quote': "this quotation mark is probably '<'",
  'filler-for-dash': "this dash is probably '<'",
  'other-alphabet': 'letters of other alphabets can look like Latin ones, so type this one on a Latin keyboard',
  'read-again': 'read this character again',
};

const fieldsOfCpp: Record<MrzField, string> = {
  'document-code': 'document_code',
  'issuing-state': 'issuing_state',
  name: 'name',
  'document-number': 'document_number',
  nationality: 'nationality',
  'birth-date': 'birth_date',
  sex: 'sex',
  'expiry-date': 'expiry_date',
  'optional-data': 'optional_data',
  zone: 'mrz',
};

const places: Partial<Record<MrzField, string>> = {
  'document-code': 'the document code',
  'issuing-state': 'the code of the issuing state',
  name: 'a name',
  nationality: 'the code of the nationality',
  'birth-date': 'a birth date',
  'expiry-date': 'an expiry date',
};

const checked: Partial<Record<MrzField, string>> = {
  'document-number': 'document number',
  'birth-date': 'birth date',
  'expiry-date': 'expiry date',
  'optional-data': 'personal number',
  zone: 'zone as a whole',
};

const missing = {
  'document-code': 'the document code is missing; a passport has P here.',
  name: "the name must begin here; there is '<'.",
  'document-number': 'the document number is missing.',
};

const signInWords = (sign: string) => `the ${/\d/.test(sign) ? 'digit' : 'letter'} ${sign}`;

function hintInWords(hint: CheckHint, line: number): string {
  switch (hint.code) {
    case 'compare':
      return 'compare both with the document, character by character';
    case 'every':
      return `every '${hint.typed}' in it is probably ${signInWords(hint.meant)}`;
    case 'slips': {
      const how = hint.slips.length === 1 ? 'is probably' : 'may be';
      return hint.slips
        .map((slip) => {
          const where = `${slip.line === line ? '' : `line ${slip.line}, `}column ${slip.column}`;
          return `'${slip.typed}' at ${where} ${how} ${signInWords(slip.meant)}`;
        })
        .join(', or ');
    }
  }
}

const malformed = (field: MrzField, detail: string): CppError => ({
  code: 'malformed',
  field: fieldsOfCpp[field],
  detail,
});

export function mrzFaultInWords(fault: MrzFault): CppError {
  const at = 'column' in fault ? `Line ${fault.line}, column ${fault.column}: ` : '';
  switch (fault.code) {
    case 'too-large':
      return { ...malformed('zone', `${sizes}. Leave out what is not part of the zone.`), code: 'too-large' };
    case 'empty':
      return malformed('zone', "Type the two or three lines of letters, digits and '<' on the document.");
    case 'forbidden-character': {
      const hint = forbiddenHints[fault.hint];
      return malformed('zone', `${at}a machine-readable zone has only the letters A to Z, digits and '<'; ${hint}.`);
    }
    case 'one-line':
      return malformed(
        'zone',
        `${sizes}; this text is one line of ${fault.length}. Type all lines of the zone, each to its end.`,
      );
    case 'too-many-lines':
      return malformed('zone', `${sizes}; this text has ${fault.lines} lines. Leave out what is not part of the zone.`);
    case 'wrong-length':
      return malformed(
        'zone',
        `Line ${fault.line} has ${fault.length} characters. ${sizes}. Look for a missing or doubled '<'.`,
      );
    case 'number-without-check-digit':
      return malformed(
        'document-number',
        `${at}the check digit of the document number is missing. Compare this line with the document.`,
      );
    case 'number-without-end':
      return malformed(
        'document-number',
        `${at}'<' says that the document number goes on in the optional data, but no '<' ends it there. Compare this line with the document.`,
      );
    case 'wrong-character': {
      const what = fault.checkDigit ? 'a check digit' : places[fault.field];
      const advice =
        fault.meant === null ? 'cannot be right, read it again' : `is probably ${signInWords(fault.meant)}`;
      return malformed(fault.field, `${at}${what} has only ${fault.allowed}; '${fault.typed}' ${advice}.`);
    }
    case 'visa':
      return malformed(
        'document-code',
        `${at}this is the zone of a visa. Use the zone of a passport or an identity card.`,
      );
    case 'missing':
      return malformed(fault.field, `${at}${missing[fault.field]}`);
    case 'bad-state':
      return malformed(fault.field, `${at}a state's code is one to three letters followed by '<', such as UTO or D<<.`);
    case 'bad-date':
      return malformed(
        fault.field,
        `${at}a date is year, month and day, each of two digits, or '<<' where it is unknown.`,
      );
    case 'bad-sex':
      return malformed('sex', `${at}the sex is F, M or '<'.`);
    case 'check-digit-missing':
      return malformed(fault.field, `${at}the check digit of the ${checked[fault.field]} is missing.`);
    case 'check-digit-wrong': {
      const hint = hintInWords(fault.hint, fault.line);
      const detail = `${at}the check digit does not match the ${checked[fault.field]}; ${hint}.`;
      return { ...malformed(fault.field, detail), code: 'invalid' };
    }
  }
}

export function documentFaultInWords(fault: DocumentFault): CppError {
  return fault.code === 'number-missing'
    ? { code: 'invalid', field: 'document.number', detail: 'Type the document number: its letters and digits.' }
    : {
        code: 'too-large',
        field: 'document.number',
        detail: 'This is too long for a document number. Type only the number.',
      };
}
