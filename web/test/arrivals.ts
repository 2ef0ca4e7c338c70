// Arrival forms for tests.

import { addDays, addSeconds } from '../src/base/day';
import { documentKinds } from '../src/identity/documents';
import {
  type ArrivalForm,
  type Traveller,
  ageOn,
  emergencies,
  holdings,
  purposes,
  relations,
  sexes,
} from '../src/rules/arrival';
import { dayAt, timeAt } from './days';
import type { Random } from './random';

export const anna: Traveller = {
  family: 'ERIKSSON',
  given: 'ANNA MARIA',
  birth: dayAt('1974-08-12'),
  sex: 'female',
  citizenship: 'UZ',
  document: { kind: 'passport', number: 'L898902C3' },
  documentExpiry: dayAt('2032-04-15'),
  holds: 'none',
  guardian: 'none',
};

export const ben: Traveller = {
  ...anna,
  given: 'BEN',
  birth: dayAt('2015-03-01'),
  sex: 'male',
  document: { kind: 'passport', number: 'L898902C4' },
  guardian: { relation: 'parent', kind: 'traveller', traveller: 0 },
};

/** A whole form of so many people, all usual. */
export function arrivalForm(travellers: number): ArrivalForm {
  return {
    travellers: Array.from({ length: travellers }, (_, i) =>
      i % 3 === 2 ? ben : { ...anna, given: `ANNA MARIA ${'ABCDEFGHIJ'.charAt(i)}` },
    ),
    entry: timeAt('2026-12-10T10:30:00Z'),
    lastDay: dayAt('2027-02-28'),
    purpose: 'work',
    emergency: 'none',
    country: 'RU',
    lines: ['ул. Новаторов, д. 7, кв. 12', '117421 Москва'],
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ФЫВАПРОЛДЖʻოჰ"\\\'{}[],:;😀';

function randomTraveller(random: Random, index: number): Traveller {
  const born = addDays(dayAt('2026-12-01'), -random.below(25_000) - (index === 0 ? 7000 : 0));
  const age = ageOn(born, dayAt('2026-12-01'));
  const relation = random.oneOf(relations);
  const document = () => ({ kind: random.oneOf(documentKinds), number: random.text('ABC0123456789Я', 1, 12) });
  const guardian =
    age >= 18 || (age < 6 && random.below(2) === 0)
      ? 'none'
      : random.below(2) === 0
        ? ({ relation, kind: 'traveller', traveller: 0 } as const)
        : ({
            relation,
            kind: 'own-form',
            family: `X${random.text(letters, 0, 9)}`,
            given: '',
            document: document(),
          } as const);
  return {
    family: `X${random.text(letters, 0, 12)}`,
    given: random.text(letters, 0, 12),
    birth: born,
    sex: random.oneOf(sexes),
    citizenship: random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 2, 2),
    document: document(),
    documentExpiry: random.below(4) === 0 ? 'none' : addDays(dayAt('2027-01-01'), random.below(4000)),
    holds: random.oneOf(holdings),
    guardian,
  };
}

/** Any whole form of 1 to 10 people, the first of them an adult. */
export function randomForm(random: Random): ArrivalForm {
  const entry = addSeconds(timeAt('2026-12-01T00:00:00Z'), 60 * random.below(30 * 24 * 60));
  return {
    travellers: Array.from({ length: 1 + random.below(10) }, (_, i) => randomTraveller(random, i)),
    entry,
    lastDay: addDays(dayAt('2026-12-31'), random.below(300)),
    purpose: random.oneOf(purposes),
    emergency: random.oneOf(emergencies),
    country: random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 2, 2),
    lines: Array.from({ length: 1 + random.below(8) }, () => `d. ${random.text(letters, 0, 30)}`),
  };
}
