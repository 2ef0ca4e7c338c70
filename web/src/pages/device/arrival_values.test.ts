import { describe, expect, it } from 'vitest';
import { anna, arrivalForm, ben } from '../../../test/arrivals';
import { formOf } from '../../rules/arrival';
import { lacksIn } from './arrival_faults';
import { newPerson, readArrival, readClock, startValues, valuesOf, withoutPerson } from './arrival_values';

describe('an arrival form that is typed', () => {
  it('is the form whose fields they are', () => {
    for (const people of [1, 3, 10]) {
      const form = arrivalForm(people);
      const { draft, faults } = readArrival(valuesOf(form));
      expect(faults).toEqual([]);
      expect(formOf(draft)).toEqual(form);
      expect(lacksIn(valuesOf(form))).toEqual([]);
    }
    const elsewhere = { relation: 'guardian', kind: 'own-form', family: 'NOVAK', given: '', document: { kind: 'other', number: 'X1' } } as const;
    const form = { ...arrivalForm(1), travellers: [{ ...ben, documentExpiry: 'none', guardian: elsewhere } as const] };
    expect(formOf(readArrival(valuesOf(form)).draft)).toEqual(form);
  });

  it('is short of something at each field that is blank, once', () => {
    const fields = lacksIn({ ...startValues(), ...newPerson(0), travellers: '1' }).map(({ fault }) => fault.field);
    expect(fields).toEqual([
      'entry', 'last_day', 'purpose', 'lines', 'p0.family', 'p0.birth', 'p0.sex', 'p0.citizenship', 'p0.document_number', 'p0.expiry',
    ]);
  });

  it('keeps everybody else when one leaves', () => {
    const three = { ...arrivalForm(1), travellers: [anna, { ...anna, given: 'EVA' }, { ...ben, guardian: { relation: 'parent', kind: 'traveller', traveller: 1 } } as const] };
    const without = (person: number) => readArrival(withoutPerson(valuesOf(three), person)).draft.travellers;
    expect(without(0)).toEqual([three.travellers[1], { ...ben, guardian: { relation: 'parent', kind: 'traveller', traveller: 0 } }]);
    expect(without(1)).toEqual([anna, { ...ben, guardian: 'none' }]);
    expect(without(2)).toEqual([anna, three.travellers[1]]);
  });

  it('has times as people write them', () => {
    expect(['14:30', '14.30', '1430', ' 8 ', '08 05', '0:00'].map(readClock)).toEqual(['14:30', '14:30', '14:30', '08:00', '08:05', '00:00']);
    for (const none of ['', '24:00', '12:60', '1:2', 'noon', '12:30:00']) expect(readClock(none)).toBeNull();
  });
});
