import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { forSeeds } from '../../test/random';
import { arrivalForm } from '../../test/arrivals';
import { arrivalQrText, maxArrivalQrVersion } from './arrival_file';
import { bankSlipText, maxBankSlipVersion } from './bank_slip';
import { creditTransferText, maxCreditTransferVersion } from './credit_transfer';
import { type Squares, sideOf, squaresOf, svgPath } from './qr';

function squares(text: string, maxVersion: number): Squares {
  const made = squaresOf(text, maxVersion);
  if (!made.ok) throw new Error(`${made.why.bytes} bytes do not fit`);
  return made.value;
}

/** Draws the path of an SVG made of bars, as grey pixels; anything else in the path fails. */
function drawn(path: string, side: number, scale: number): Uint8Array {
  const pixels = new Uint8Array((side * scale) ** 2).fill(255);
  const rest = path.replace(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g, (_, x, y, width, back) => {
    expect(back).toBe(width);
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; ++row)
      pixels.fill(0, row * side * scale + Number(x) * scale, row * side * scale + (Number(x) + Number(width)) * scale);
    return '';
  });
  expect(rest).toBe('');
  return pixels;
}

const scale = 4;
const pictureOf = (code: Squares) => drawn(svgPath(code), sideOf(code), scale);

/** What ZBar reads. */
function readByZbar(code: Squares): string {
  const side = sideOf(code) * scale;
  const header = new TextEncoder().encode(`P5 ${side} ${side} 255\n`);
  const pgm = new Uint8Array(header.length + side * side);
  pgm.set(header);
  pgm.set(pictureOf(code), header.length);
  const said = execFileSync('zbarimg', ['--nodbus', '--quiet', '--raw', '--oneshot', '-Sbinary', 'pgm:-'], {
    input: pgm,
  });
  return new TextDecoder().decode(said);
}

/** What ZXing reads, and the level of error correction that it found. */
async function readByZxing(code: Squares): Promise<{ text: string; level: string }> {
  const side = sideOf(code) * scale;
  const data = new Uint8ClampedArray(4 * side * side);
  pictureOf(code).forEach((grey, i) => data.set([grey, grey, grey, 255], 4 * i));
  const [found] = await readBarcodes({ data, width: side, height: side, colorSpace: 'srgb' }, { formats: ['QRCode'] });
  if (found === undefined) throw new Error('no code was found');
  return { text: new TextDecoder().decode(found.bytes), level: found.ecLevel };
}

async function expectRead(text: string, maxVersion: number): Promise<void> {
  const code = squares(text, maxVersion);
  expect(code.version).toBeLessThanOrEqual(maxVersion);
  expect(readByZbar(code)).toBe(text);
  expect(await readByZxing(code)).toEqual({ text, level: 'M' });
}

function textOf(made: { ok: true; value: string } | { ok: false; why: { code: string } }): string {
  if (!made.ok) throw new Error(made.why.code);
  return made.value;
}

beforeAll(async () => {
  const wasm = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
  await prepareZXingModule({ overrides: { wasmBinary: wasm.slice().buffer }, fireImmediately: true });
});

describe('a QR code', () => {
  it('is read by two other programs, letters of any script included', async () => {
    await expectRead('Abode', 40);
    await expectRead('Ўзбекистон Республикаси: oʻ gʻ, Հայաստան, საქართველო, 😀', 40);
  });

  it('is read as a payment to a Russian account', async () => {
    const slip = {
      name: 'УФК по г. Москве (ИФНС России № 9)',
      account: '03100643000000017300',
      bankName: 'ГУ Банка России по ЦФО//УФК по г. Москве',
      bic: '004525988',
      correspondentAccount: '40102810545370000003',
      kopecks: 1_000_000,
      purpose: 'Фиксированный авансовый платёж по патенту',
      lastName: 'ERIKSSON',
      firstName: 'ANNA MARIA',
    };
    await expectRead(textOf(bankSlipText(slip)), maxBankSlipVersion);
  });

  it('is read as a SEPA credit transfer', async () => {
    const transfer = { name: 'Wikimedia Fördergesellschaft', iban: 'DE33100205000001194700', cents: 12345 };
    await expectRead(
      textOf(creditTransferText({ ...transfer, remittance: { kind: 'text', text: 'Spende für Wikipedia' } })),
      maxCreditTransferVersion,
    );
  });

  it('is read as an arrival form, of a full group too', async () => {
    await expectRead(textOf(arrivalQrText(arrivalForm(1))), maxArrivalQrVersion);
    await expectRead(textOf(arrivalQrText(arrivalForm(10))), maxArrivalQrVersion);
  });

  it('keeps within a version, to the byte', () => {
    expect(squares('a'.repeat(331), 13).version).toBe(13);
    expect(squaresOf('a'.repeat(332), 13)).toEqual({
      ok: false,
      why: { code: 'too-large-for-qr', bytes: 332, maxVersion: 13 },
    });
    expect(squares('a'.repeat(1125), 27).version).toBe(27);
    expect(squaresOf('a'.repeat(1126), 27).ok).toBe(false);
    expect(squares('a'.repeat(2331), 40).version).toBe(40);
    expect(squaresOf('ä'.repeat(1166), 40).ok).toBe(false);
    expect(squares('', 1).version).toBe(1);
  });

  it('is drawn square by square, with its quiet zone light', () => {
    forSeeds(20, (random) => {
      const code = squares(random.text('0123456789abcdefйцу', 1, 200), 40);
      const quietZone = 4; // ISO/IEC 18004
      const side = sideOf(code);
      expect(side).toBe(code.width + 2 * quietZone);
      const pixels = drawn(svgPath(code), side, 1);
      for (let row = 0; row < side; ++row) {
        for (let column = 0; column < side; ++column) {
          const [y, x] = [row - quietZone, column - quietZone];
          const inside = y >= 0 && x >= 0 && y < code.width && x < code.width;
          const dark = inside && code.isDark(y, x);
          if ((pixels[row * side + column] === 0) !== dark) throw new Error(`at ${row}, ${column}`);
        }
      }
    });
  });
});
