import { describe, expect, it } from 'vitest';
import { forSeeds } from '../../test/random';
import { type BankSlip, bankSlipFaults, bankSlipText, maxBankSlipBytes, maxKopecks } from './bank_slip';

const slip: BankSlip = {
  name: 'ООО «Три кита»',
  account: '40702810138250123017',
  bankName: 'ОАО "БАНК"',
  bic: '044525225',
  correspondentAccount: '30101810965770000413',
};

function text(given: BankSlip): string {
  const made = bankSlipText(given);
  if (!made.ok) throw new Error(made.why.code);
  return made.value;
}

function fault(given: Partial<BankSlip>) {
  const made = bankSlipText({ ...slip, ...given });
  return made.ok ? null : made.why;
}

/** Reads a text as a bank does: the sign after the seven of the header is the separator. */
function readBack(given: string): [string, string][] {
  expect(given.startsWith('ST00012')).toBe(true);
  const separator = given.charAt(7);
  return given
    .slice(8)
    .split(separator)
    .map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    });
}

describe('a slip by GOST R 56042-2014', () => {
  it('has the mandatory fields in order', () => {
    expect(text(slip)).toBe(
      'ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"|BIC=044525225|CorrespAcc=30101810965770000413',
    );
    for (const field of ['name', 'account', 'bankName', 'bic', 'correspondentAccount'] as const)
      expect(fault({ [field]: ' ' })).toEqual({ code: 'missing', field });
  });

  it('has the optional ones after them, the sum in kopecks', () => {
    const more = {
      kopecks: 1_000_000,
      purpose: 'НДФЛ = патент',
      payeeInn: '7707083893',
      cbc: '18210102040011000110',
      oktmo: '45334000',
      kpp: '772801001',
      lastName: 'Эрикссон',
    };
    expect(readBack(text({ ...slip, ...more })).slice(5)).toEqual([
      ['Sum', '1000000'],
      ['Purpose', 'НДФЛ = патент'],
      ['PayeeINN', '7707083893'],
      ['KPP', '772801001'],
      ['CBC', '18210102040011000110'],
      ['OKTMO', '45334000'],
      ['LastName', 'Эрикссон'],
    ]);
    expect(text({ ...slip, purpose: '  ' })).toBe(text(slip));
  });

  it('is separated by what no value has', () => {
    expect(text({ ...slip, name: 'A|B' }).slice(0, 13)).toBe('ST00012~Name=');
    expect(readBack(text({ ...slip, name: 'A|B', purpose: 'a~b^c#d' })).slice(0, 1)).toEqual([['Name', 'A|B']]);
    expect(fault({ purpose: '|~^#;!*_$%' })).toEqual({ code: 'no-separator-left' });
  });

  it('comes back from any values', () => {
    forSeeds(300, (random) => {
      const signs = 'абвABC 123=|~^#;«»"№😀';
      const value = (most: number) => `x${random.text(signs, 0, most - 2)}x`;
      const kopecks = 1 + random.below(1_000_000);
      const digits = (count: number) => random.text('0123456789', count, count);
      const given = {
        name: value(100),
        account: digits(20),
        bankName: value(45),
        bic: digits(9),
        correspondentAccount: digits(20),
        purpose: value(100),
      };
      const expected = [given.name, given.account, given.bankName, given.bic, given.correspondentAccount];
      const made = readBack(text({ ...given, kopecks }));
      expect(made.map(([, read]) => read)).toEqual([...expected, String(kopecks), given.purpose]);
    });
  });

  it('keeps to each length', () => {
    const most = {
      name: 160,
      bankName: 45,
      purpose: 210,
      drawerStatus: 2,
      paymentReason: 2,
      taxPeriod: 10,
      documentNumber: 15,
      documentDate: 10,
      taxPaymentKind: 2,
      lastName: 160,
      firstName: 160,
      middleName: 160,
      payerAddress: 160,
      payerIdType: 160,
      payerIdNumber: 160,
    };
    for (const [field, max] of Object.entries(most)) {
      expect(fault({ [field]: 'ж'.repeat(max) }), field).toBeNull();
      expect(fault({ [field]: '😀'.repeat(max) }), field).toBeNull(); // letters are counted, not their halves
      expect(fault({ [field]: 'ж'.repeat(max + 1) }), field).toEqual({ code: 'too-long', field, max });
    }
    const digits = { account: 20, bic: 9, correspondentAccount: 20, kpp: 9, cbc: 20 };
    for (const [field, exactly] of Object.entries(digits)) {
      expect(fault({ [field]: '1'.repeat(exactly) }), field).toBeNull();
      expect(fault({ [field]: '1'.repeat(exactly - 1) }), field).toMatchObject({ code: 'not-digits', digits: exactly });
      expect(fault({ [field]: '1'.repeat(exactly + 1) }), field).toMatchObject({ code: 'too-long', max: exactly });
      expect(fault({ [field]: 'x'.repeat(exactly) }), field).toMatchObject({ code: 'not-digits', field });
      expect(fault({ [field]: '१'.repeat(exactly) }), field).toMatchObject({ code: 'not-digits', field });
    }
    for (const [field, max] of Object.entries({ payeeInn: 12, payerInn: 12, oktmo: 11 })) {
      expect(fault({ [field]: '1' }), field).toBeNull();
      expect(fault({ [field]: '1'.repeat(max + 1) }), field).toMatchObject({ code: 'too-long', max });
    }
  });

  it('is of lines without line ends, and of sums that are some', () => {
    for (const bad of ['a\nb', 'a\rb', 'a\u2028b', 'a\u0000b', 'a\tb'])
      expect(fault({ purpose: bad })).toEqual({ code: 'not-one-line', field: 'purpose' });
    for (const kopecks of [0, -1, 1.5, NaN, Infinity, maxKopecks + 1])
      expect(fault({ kopecks })).toEqual({ code: 'bad-amount', max: maxKopecks });
    expect(fault({ kopecks: 1 })).toBeNull();
    expect(text({ ...slip, kopecks: maxKopecks })).toContain('|Sum=999999999999999');
  });

  it('tells of each field that is wrong', () => {
    expect(bankSlipFaults(slip)).toEqual([]);
    expect(bankSlipFaults({ ...slip, name: ' ', bic: '1', kopecks: 0, kpp: 'x', purpose: 'a\nb' })).toEqual([
      { code: 'missing', field: 'name' },
      { code: 'not-digits', field: 'bic', digits: 9 },
      { code: 'bad-amount', max: maxKopecks },
      { code: 'not-one-line', field: 'purpose' },
      { code: 'not-digits', field: 'kpp', digits: 9 },
    ]);
  });

  it('is no larger than one code', () => {
    const large = { name: 'ж'.repeat(160), purpose: 'ж'.repeat(210), lastName: 'ж'.repeat(80) };
    const bytes = new TextEncoder().encode(text({ ...slip, ...large })).length;
    const room = maxBankSlipBytes - bytes - '|FirstName='.length;
    expect(fault({ ...large, firstName: 'a'.repeat(room) })).toBeNull();
    expect(fault({ ...large, firstName: 'a'.repeat(room + 1) })).toEqual({
      code: 'too-large',
      bytes: maxBankSlipBytes + 1,
      max: maxBankSlipBytes,
    });
  });
});
