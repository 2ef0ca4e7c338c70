import { describe, expect, it } from 'vitest';
import { anna, arrivalForm, randomForm } from '../../test/arrivals';
import { forSeeds } from '../../test/random';
import { missingIn } from '../rules/arrival';
import {
  arrivalFile,
  arrivalQrText,
  maxArrivalFileBytes,
  maxArrivalQrBytes,
  readArrivalFile,
  readArrivalQrText,
} from './arrival_file';

const form = arrivalForm(3);
const content = (): Record<string, unknown> => JSON.parse(arrivalFile(form));

/** The content of a file with the value at a path changed; undefined takes it out. */
function changed(path: string, value: unknown): string {
  const whole = content();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Record<string, unknown> = whole;
  for (const key of keys) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`there is no ${path}`);
    at = Object.assign(next);
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(whole);
}

function fault(text: string) {
  const read = readArrivalFile(text);
  return read.ok ? null : read.why;
}

function qrText(given = form): string {
  const made = arrivalQrText(given);
  if (!made.ok) throw new Error(`${made.why.bytes} bytes`);
  return made.value;
}

function qrFault(text: string) {
  const read = readArrivalQrText(text);
  return read.ok ? null : read.why;
}

describe('an arrival form as a file', () => {
  it('has its version, and names that people understand', () => {
    expect(content()).toMatchObject({
      format: 'abode-arrival',
      version: 1,
      entry: '2026-12-10T10:30',
      last_day: '2027-02-28',
      travellers: [
        { family: 'ERIKSSON', birth: '1974-08-12', document: { kind: 'passport', number: 'L898902C3' } },
        {},
        {},
      ],
    });
  });

  it('comes back, whatever it says', () => {
    forSeeds(300, (random) => {
      const any = randomForm(random);
      expect(missingIn(any)).toEqual([]);
      expect(readArrivalFile(arrivalFile(any))).toEqual({ ok: true, value: any });
    });
  });

  it('is refused if it is something else', () => {
    for (const text of ['', '{', 'null', '[]', '"abode-arrival"', '{}', '{"format":"other"}'])
      expect(fault(text), text).toEqual({ code: 'not-an-arrival-form' });
    for (const version of [2, 0, '1', null, undefined])
      expect(fault(changed('version', version))).toEqual({ code: 'unknown-version' });
    expect(fault(' '.repeat(maxArrivalFileBytes + 1))).toEqual({ code: 'too-large', max: maxArrivalFileBytes });
    expect(fault(arrivalFile(form) + ' '.repeat(100))).toBeNull();
  });

  it('is refused for a value that is missing, unknown or of another form, and says where', () => {
    for (const path of [
      'entry',
      'country',
      'travellers',
      'travellers.0.birth',
      'travellers.2.guardian.relation',
      'travellers.1.document.kind',
    ])
      expect(fault(changed(path, undefined)), path).toEqual({ code: 'missing', path });
    for (const path of [
      'place',
      'travellers.0.voice',
      'travellers.0.face',
      'travellers.2.guardian.x',
      'travellers.1.document.x',
    ])
      expect(fault(changed(path, 1)), path).toEqual({ code: 'unknown-key', path });
    expect(fault(arrivalFile(form).replace('{', '{"__proto__":{},'))).toEqual({
      code: 'unknown-key',
      path: '__proto__',
    });
    const bad: Record<string, unknown[]> = {
      entry: [1, '2026-12-10', '2026-12-10T10:30Z', '2026-12-10T25:30'],
      last_day: ['2026-02-30', 20261210],
      purpose: ['', 'spying', 3, null],
      emergency: [null, false],
      country: [7],
      lines: ['a', {}, Array(9).fill('a')],
      'lines.0': [1, null],
      travellers: [{}, Array(11).fill(content()['travellers'])],
      'travellers.0.sex': ['F', null],
      'travellers.0.document': [null, [], 'passport'],
      'travellers.0.document.number': ['', ' - ', '7'.repeat(65), 12],
      'travellers.0.document_expiry': [null, 'never', '2026-02-30'],
      'travellers.0.holds': ['nothing'],
      'travellers.0.guardian': [0, 'none', []],
      'travellers.2.guardian.traveller': [-1, 10, 0.5, '0'],
    };
    for (const [path, values] of Object.entries(bad))
      for (const value of values)
        expect(fault(changed(path, value)), `${path} ${value}`).toEqual({ code: 'bad-value', path });
  });

  it('is refused if it is not whole', () => {
    expect(fault(changed('last_day', '2026-12-01'))).toEqual({
      code: 'incomplete',
      missing: [{ code: 'ends-before-entry' }],
    });
    expect(fault(changed('travellers', []))).toEqual({ code: 'incomplete', missing: [{ code: 'no-travellers' }] });
    expect(fault(changed('travellers.2.guardian', null))).toMatchObject({
      code: 'incomplete',
      missing: [{ code: 'guardian-missing' }],
    });
  });
});

describe('an arrival form as a code', () => {
  it('is short', () => {
    expect(qrText(arrivalForm(1))).toBe(
      '["abode-arrival",1,"202612101030","20270228",0,0,"RU",["ул. Новаторов, д. 7, кв. 12","117421 Москва"],' +
        '[["ERIKSSON","ANNA MARIA A","19740812",0,"UZ",0,"L898902C3","20320415",0,0]]]',
    );
  });

  it('comes back, whatever it says, or is told to be too large', () => {
    let read = 0;
    forSeeds(300, (random) => {
      const any = randomForm(random);
      const made = arrivalQrText(any);
      if (!made.ok) return expect(made.why.bytes).toBeGreaterThan(maxArrivalQrBytes);
      ++read;
      expect(readArrivalQrText(made.value)).toEqual({ ok: true, value: any });
    });
    expect(read).toBeGreaterThan(100);
  });

  it('holds ten usual people, to the byte', () => {
    const ten = arrivalForm(10);
    const room = maxArrivalQrBytes - new TextEncoder().encode(qrText(ten)).length;
    expect(room).toBeGreaterThan(0);
    const longer = (by: number) => ({
      ...ten,
      travellers: [{ ...anna, given: `ANNA MARIA A${'A'.repeat(by)}` }, ...ten.travellers.slice(1)],
    });
    expect(qrText(longer(room))).toHaveLength(qrText(ten).length + room);
    expect(arrivalQrText(longer(room + 1))).toEqual({
      ok: false,
      why: { code: 'too-large-for-qr', bytes: maxArrivalQrBytes + 1, max: maxArrivalQrBytes },
    });
  });

  it('is refused if it is something else', () => {
    for (const text of ['', 'ST00012|Name=a', '{}', '[]', '["abode"]', 'null'])
      expect(qrFault(text), text).toEqual({ code: 'not-an-arrival-form' });
    expect(qrFault('["abode-arrival",2]')).toEqual({ code: 'unknown-version' });
    expect(qrFault('["abode-arrival",1]')).toMatchObject({ code: 'bad-value', path: 'entry' });
    expect(qrFault(' '.repeat(1126))).toEqual({ code: 'too-large', max: maxArrivalQrBytes });
  });

  it('is refused when its end is cut off, and no damage throws', () => {
    const good = qrText();
    for (let at = 0; at < good.length; ++at) {
      const rest = good.slice(at + 1);
      for (const instead of ['', good.charAt(at) + good.charAt(at), 'x', '9', '"', ','])
        expect(() => readArrivalQrText(good.slice(0, at) + instead + rest)).not.toThrow();
      expect(readArrivalQrText(good.slice(0, at)).ok).toBe(false);
    }
  });
});
