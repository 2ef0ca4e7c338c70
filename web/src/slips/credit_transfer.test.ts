import { describe, expect, it } from 'vitest';
import { forSeeds } from '../../test/random';
import { type CreditTransfer, creditTransferFaults, creditTransferText, maxCents, parseIban } from './credit_transfer';

const transfer: CreditTransfer = { name: 'Red Cross of Belgium', iban: 'BE72 0000 0000 1616', cents: 100 };

function text(given: Partial<CreditTransfer>): string {
  const made = creditTransferText({ ...transfer, ...given });
  if (!made.ok) throw new Error(made.why.code);
  return made.value;
}

function fault(given: Partial<CreditTransfer>) {
  const made = creditTransferText({ ...transfer, ...given });
  return made.ok ? null : made.why;
}

const reference = (value: string) => ({ remittance: { kind: 'reference', reference: value } }) as const;
const unstructured = (value: string) => ({ remittance: { kind: 'text', text: value } }) as const;

/** The lines by their places in EPC069-12, section 2; those that are left out at the end are blank. */
function readBack(given: string) {
  const lines = given.split('\n');
  const [tag, version, characters, kind, bic, name, iban, amount, purpose, structured, free, information] = lines;
  expect([tag, version, characters, kind]).toEqual(['BCD', '002', '1', 'SCT']);
  expect(lines.length).toBeLessThanOrEqual(12);
  return [bic, name, iban, amount, purpose ?? '', structured ?? '', free ?? '', information ?? ''];
}

describe('a credit transfer by EPC069-12', () => {
  it('has its lines in order, and ends with the last that says something', () => {
    expect(text({})).toBe('BCD\n002\n1\nSCT\n\nRed Cross of Belgium\nBE72000000001616\nEUR1.00');
    expect(
      text({ bic: 'bpotbeb1', purpose: 'char', ...unstructured('Urgency fund'), information: 'Sample EPC QR code' }),
    ).toBe(
      'BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1.00\nCHAR\n\nUrgency fund\nSample EPC QR code',
    );
    expect(text(reference('rf18 5390 0754 7034'))).toMatch(/\nEUR1\.00\n\nRF18539007547034$/);
  });

  it('comes back from any values', () => {
    forSeeds(300, (random) => {
      const line = (most: number) => `x${random.text('abcäß ,.:;|', 0, most - 2)}x`;
      const cents = 1 + random.below(10_000_000);
      const given = { name: line(70), purpose: random.text('ABC', 0, 4), free: line(60), information: line(40) };
      const { purpose, information } = given;
      const made = text({ name: given.name, cents, purpose, information, ...unstructured(given.free) });
      const [bic, name, iban, amount, ...rest] = readBack(made);
      expect([bic, name, iban]).toEqual(['', given.name, 'BE72000000001616']);
      expect(Math.round(Number(amount?.slice(3)) * 100)).toBe(cents);
      expect(rest).toEqual([purpose, '', given.free, information]);
    });
  });

  it('writes amounts with two places', () => {
    const amounts = { 1: 'EUR0.01', 10: 'EUR0.10', 99: 'EUR0.99', 12_34: 'EUR12.34', [maxCents]: 'EUR999999999.99' };
    for (const [cents, amount] of Object.entries(amounts))
      expect(readBack(text({ cents: Number(cents) }))[3]).toBe(amount);
    for (const cents of [0, -1, 0.5, NaN, Infinity, maxCents + 1])
      expect(fault({ cents })).toEqual({ code: 'bad-amount', max: maxCents });
  });

  it('takes IBANs whose check digits are right', () => {
    const right = [
      'DE89370400440532013000',
      'AT61 1904 3002 3457 3201',
      'gb82 west 1234 5698 7654 32',
      'MT84MALT011000012345MTLCAST001S',
      'NO9386011117947',
    ];
    for (const iban of right) expect(parseIban(iban).ok, iban).toBe(true);
    for (const iban of [
      '',
      'DE',
      'DE8937040044053201300!',
      '89370400440532013000',
      'DE893704',
      `DE89${'1'.repeat(31)}`,
    ])
      expect(parseIban(iban).ok, iban).toBe(false);
    const good = 'DE89370400440532013000';
    for (let at = 2; at < good.length; ++at) {
      for (const digit of '0123456789') {
        const changed = good.slice(0, at) + digit + good.slice(at + 1);
        expect(parseIban(changed).ok, changed).toBe(digit === good[at]); // every single digit is caught
      }
    }
    for (let at = 4; at + 1 < good.length; ++at) {
      const swapped = good.slice(0, at) + good.charAt(at + 1) + good.charAt(at) + good.slice(at + 2);
      expect(parseIban(swapped).ok, swapped).toBe(swapped === good); // and every two that are swapped
    }
    expect(fault({ iban: 'DE88370400440532013000' })).toEqual({ code: 'wrong-check-digits', field: 'iban' });
    expect(fault({ iban: ' ' })).toEqual({ code: 'missing', field: 'iban' });
  });

  it('takes BICs of 8 and of 11', () => {
    for (const bic of ['', 'BFSWDE33BER', 'BPOTBEB1', 'markdef1100']) expect(fault({ bic }), bic).toBeNull();
    for (const bic of ['BFSWDE33B', 'BFSW1E33', 'BFSWDE3', 'BFSWDE33BERX', 'BFSWDE3ß'])
      expect(fault({ bic }), bic).toEqual({ code: 'bad-form', field: 'bic' });
  });

  it('takes references as they are, and those of ISO 11649 if they are right', () => {
    expect(fault(reference('R'.repeat(35)))).toBeNull();
    expect(fault(reference('R'.repeat(36)))).toEqual({ code: 'too-long', field: 'reference', max: 35 });
    expect(fault(reference('RF19539007547034'))).toEqual({ code: 'wrong-check-digits', field: 'reference' });
    for (const bad of ['RF1', 'RF18', `RF18${'5'.repeat(22)}`, 'RFAB539007547034'])
      expect(fault(reference(bad)), bad).toEqual({ code: 'bad-form', field: 'reference' });
  });

  it('keeps to each length', () => {
    for (const [field, max] of Object.entries({ name: 70, information: 70 })) {
      expect(fault({ [field]: 'ä'.repeat(max) }), field).toBeNull();
      expect(fault({ [field]: 'ä'.repeat(max + 1) }), field).toEqual({ code: 'too-long', field, max });
    }
    expect(fault(unstructured('a'.repeat(140)))).toBeNull();
    expect(fault(unstructured('a'.repeat(141)))).toEqual({ code: 'too-long', field: 'text', max: 140 });
    expect(fault({ purpose: 'CHAR' })).toBeNull();
    expect(fault({ purpose: 'CHARI' })).toEqual({ code: 'too-long', field: 'purpose', max: 4 });
    expect(fault({ purpose: 'CHÄR' })).toEqual({ code: 'bad-form', field: 'purpose' });
    expect(fault({ name: '' })).toEqual({ code: 'missing', field: 'name' });
    for (const field of ['name', 'information'])
      expect(fault({ [field]: 'a\nb' })).toEqual({ code: 'not-one-line', field });
    expect(fault(unstructured('a\r\nb'))).toEqual({ code: 'not-one-line', field: 'text' });
  });

  it('tells of each field that is wrong', () => {
    expect(creditTransferFaults(transfer)).toEqual([]);
    expect(creditTransferFaults({ name: ' ', iban: 'BE73 0000 0000 1616', cents: 0, bic: 'x', purpose: 'CHARI' })).toEqual([
      { code: 'bad-form', field: 'bic' },
      { code: 'missing', field: 'name' },
      { code: 'wrong-check-digits', field: 'iban' },
      { code: 'bad-amount', max: maxCents },
      { code: 'too-long', field: 'purpose', max: 4 },
    ]);
  });

  it('is at most 331 bytes', () => {
    const full = { name: 'ä'.repeat(70), information: 'i'.repeat(70) };
    const bytes = new TextEncoder().encode(text({ ...full, ...unstructured('x') })).length;
    expect(fault({ ...full, ...unstructured('x'.repeat(332 - bytes)) })).toBeNull();
    expect(fault({ ...full, ...unstructured('x'.repeat(333 - bytes)) })).toEqual({
      code: 'too-large',
      bytes: 332,
      max: 331,
    });
  });
});
