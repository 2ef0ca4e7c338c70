import { expect, it } from 'vitest';
import { dayAt } from '../../test/days';
import { documentFaultInWords, mrzFaultInWords } from '../../test/in_english';
import { describeVectors } from '../../test/vectors';
import { type Day, formatDay } from '../base/day';
import type { Outcome } from '../base/outcome';
import { documentKinds, documentOf, parseDocument } from './documents';
import { type DateFault, type Mrz, type MrzDate, dateOfBirth, dateOfExpiry, parseMrz } from './mrz';
import { namesOf } from './names';

const partsOf = ({ year, month, day }: MrzDate) => [year, month, day];
const dayOrWhy = (day: Outcome<Day, DateFault>) => (day.ok ? formatDay(day.value) : day.why.code);

function everythingOf(mrz: Mrz, today: Day) {
  const names = namesOf(mrz);
  return {
    ...mrz,
    birth: partsOf(mrz.birth),
    expiry: partsOf(mrz.expiry),
    dateOfBirth: dayOrWhy(dateOfBirth(mrz, today)),
    dateOfExpiry: dayOrWhy(dateOfExpiry(mrz, today)),
    names: [names.family, names.given],
    document: documentOf(mrz),
  };
}

describeVectors('rules_zones.json', (file) => {
  it('are read as the program reads them, and faults are found where it finds them', () => {
    const items = file.list();
    const codes = new Set<string>();
    for (const item of items) {
      const text = item.at('text').text();
      const mine = parseMrz(text);
      if (mine.ok) {
        expect(everythingOf(mine.value, dayAt(item.at('today').text())), text).toEqual(item.at('zone').json);
      } else {
        codes.add(mine.why.code);
        if ('hint' in mine.why) codes.add(typeof mine.why.hint === 'string' ? mine.why.hint : mine.why.hint.code);
        expect(mrzFaultInWords(mine.why), text).toEqual(item.at('error').json);
      }
    }
    expect(items.length).toBeGreaterThan(5000);
    // 16 faults, five hints to forbidden characters, and three to check digits: none is left out
    expect(codes.size, [...codes].join()).toBe(16 + 5 + 3);
  });
});

describeVectors('rules_numbers.json', (file) => {
  it('are taken as the program takes them', () => {
    const items = file.list();
    for (const item of items) {
      const kind = documentKinds.find((candidate) => candidate === item.at('kind').text());
      if (kind === undefined) throw new Error('there is no such kind');
      const mine = parseDocument(kind, item.at('number').text());
      if (mine.ok) expect(mine.value).toEqual(item.at('document').json);
      else expect(documentFaultInWords(mine.why)).toEqual(item.at('error').json);
    }
    expect(items.length).toBeGreaterThan(40);
  });
});
