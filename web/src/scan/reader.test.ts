import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { issue, issuedAt, issueSeal, trustFile } from '../credential/issuer.testing';
import { StatusLists } from '../credential/status_list';
import { readTrust } from '../credential/trust';
import { verify } from '../credential/verification';
import { shoot } from './picture.testing';
import { chooseReader, loadZXing } from './reader';
import type { ReadCodes } from './reader';
import { shownAs, shownIn } from './shown';

const program = 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm';
/** As a page has it at most: two lines of an address, in letters that take two bytes. */
const claims = { fn: 'ՀԱԿՈԲՅԱՆ', gn: 'ANNA MARIA', bd: '1974-08-12', fo: 'Աբովյան փողոց 17\n0001 Երևան', co: 'AM' };

let zxing: ReadCodes;
let seal = '';
beforeAll(async () => {
  zxing = await loadZXing(async () => ({ program: Uint8Array.from(readFileSync(program)).buffer }));
  seal = await issueSeal(claims);
});

describe('ZXing', () => {
  it('reads a seal as cameras see it', async () => {
    expect(seal.length).toBeGreaterThan(700);
    for (const shot of [
      { width: 1280, height: 960, square: 6 },
      { width: 1280, height: 960, square: 5, turned: 23, noise: 30 },
      { width: 1280, height: 960, square: 6, turned: -70, blur: 2, noise: 20 },
      { width: 800, height: 800, square: 5, turned: 180, blur: 1 },
    ])
      expect(await zxing(shoot([seal], shot)), JSON.stringify(shot)).toEqual([seal]);
  });

  it('reads all codes of a picture, each once', async () => {
    const both = await zxing(shoot(['https://a.example', seal], { width: 1600, height: 900, square: 5 }));
    expect(Array.from(both).sort()).toEqual(['https://a.example', seal].sort());
    expect(await zxing(shoot(['same', 'same'], { width: 600, height: 300, square: 6 }))).toEqual(['same']);
    expect(await zxing(shoot([], { width: 300, height: 300, square: 6 }))).toEqual([]);
    expect(await zxing(shoot([seal], { width: 300, height: 300, square: 2, blur: 2 }))).toEqual([]);
  });

  it('gives no text for bytes that are none', async () => {
    const qrcode = (await import('qrcode-generator')).default;
    const code = qrcode(0, 'M');
    code.addData('{\xff', 'Byte');
    code.make();
    expect(code.getModuleCount()).toBe(21);
    const size = 29 * 8;
    const data = new Uint8ClampedArray(size * size * 4).fill(255);
    for (let y = 0; y < size; ++y)
      for (let x = 0; x < size; ++x) {
        const [row, column] = [Math.floor(y / 8) - 4, Math.floor(x / 8) - 4];
        const isDark = row >= 0 && column >= 0 && row < 21 && column < 21 && code.isDark(row, column);
        if (isDark) data.fill(0, 4 * (y * size + x), 4 * (y * size + x) + 3);
      }
    expect(await zxing({ data, width: size, height: size, colorSpace: 'srgb' })).toEqual([]);
  });

  it('leads from a picture to a verdict in less than 300 ms', async () => {
    const trust = readTrust(trustFile);
    if (!trust.ok) throw new Error(trust.why.code);
    const lists = await StatusLists.check([], trust.value);
    const picture = shoot([seal], { width: 1280, height: 960, square: 5, turned: 23, blur: 1, noise: 20 });
    const times: number[] = [];
    for (let i = 0; i < 5; ++i) {
      const begin = performance.now();
      const scan = shownIn(await zxing(picture));
      const found = scan.kind === 'found' ? await verify(scan.text, trust.value, lists, issuedAt) : null;
      times.push(performance.now() - begin);
      expect(found?.verdict).toBe('valid');
      expect(found?.said?.address.formatted).toBe(claims.fo);
    }
    expect(Math.min(...times)).toBeLessThan(300);
  });
});

/** A browser's own detector, which says that it knows these formats, and gives these texts. */
function detector(formats: readonly string[], texts: readonly string[]): typeof BarcodeDetector {
  return class {
    constructor(options: { formats: string[] }) {
      expect(options.formats).toEqual(['qr_code']);
    }
    static getSupportedFormats(): Promise<readonly string[]> {
      return Promise.resolve(formats);
    }
    detect(): Promise<readonly { readonly rawValue: string }[]> {
      return Promise.resolve(texts.map((rawValue) => ({ rawValue })));
    }
  };
}

describe('a reader', () => {
  const picture = shoot([], { width: 10, height: 10, square: 1 });
  const counted = (texts: readonly string[]): { load: () => Promise<ReadCodes>; count: () => number } => {
    let count = 0;
    return { count: () => count, load: () => { count += 1; return Promise.resolve(() => Promise.resolve(texts)); } };
  };

  it('is the browser\'s own where it knows QR codes', async () => {
    const other = counted(['of ZXing']);
    const read = await chooseReader(detector(['aztec', 'qr_code'], ['ey~', 'ey~']), other.load);
    expect(await read(picture)).toEqual(['ey~']);
    expect(other.count()).toBe(0);
  });

  it('is ZXing where the browser has none, or one that knows no QR codes, or one that fails', async () => {
    class Broken {
      static getSupportedFormats(): Promise<readonly string[]> {
        return Promise.reject(new Error('no service'));
      }
      detect(): Promise<readonly { readonly rawValue: string }[]> {
        return Promise.resolve([]);
      }
    }
    for (const kind of [undefined, detector(['aztec'], ['x']), Broken]) {
      const other = counted(['of ZXing']);
      const read = await chooseReader(kind, other.load);
      expect(other.count(), 'loaded only for a picture').toBe(0);
      expect(await read(picture)).toEqual(['of ZXing']);
      expect(await read(picture)).toEqual(['of ZXing']);
      expect(other.count()).toBe(1);
    }
  });

  it('does not take the browser\'s guess of letters', async () => {
    const guessed = await chooseReader(detector(['qr_code'], ['{"fo":"BÃ¤ker"}']), counted(['{"fo":"Bäker"}']).load);
    expect(await guessed(picture)).toEqual(['{"fo":"Bäker"}']);
    const alone = await chooseReader(detector(['qr_code'], ['{"fo":"Bäker"}']), counted([]).load);
    expect(await alone(picture)).toEqual(['{"fo":"Bäker"}']);
  });

  it('tries anew to load what could not be loaded', async () => {
    let count = 0;
    const read = await chooseReader(undefined, () => {
      count += 1;
      return count === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(() => Promise.resolve(['x']));
    });
    await expect(read(picture)).rejects.toThrow('offline');
    expect(await read(picture)).toEqual(['x']);
  });
});

describe('what is shown', () => {
  it('is the one of all codes that may be a proof', async () => {
    const proof = await issue(null);
    expect(shownIn([])).toEqual({ kind: 'none' });
    expect(shownIn(['https://a.example', 'eyes'])).toEqual({ kind: 'other' });
    expect(shownIn(['https://a.example', seal])).toEqual({ kind: 'found', text: seal });
    expect(shownIn([proof])).toEqual({ kind: 'found', text: proof });
    expect(shownIn([proof, seal])).toEqual({ kind: 'several' });
  });

  it('may have blanks around it', () => {
    expect(shownAs(`\r\n ${seal}\n`)).toEqual({ kind: 'found', text: seal });
    expect(shownAs(' \n')).toEqual({ kind: 'none' });
    expect(shownAs('hello')).toEqual({ kind: 'other' });
    expect(shownAs(`{${'x'.repeat(64 * 1024)}`)).toEqual({ kind: 'too-large' });
    expect(shownAs(`{${'x'.repeat(64 * 1024 - 1)}`).kind).toBe('found');
    expect(shownAs(`\u00a0${seal}`)).toEqual({ kind: 'other' });
  });
});
