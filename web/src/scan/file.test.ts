// What needs no canvas: pictures are read in a browser.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanFile } from './file';
import type { ReadCodes } from './reader';

const seal = '{"data":{},"sig":{}}';
const never: ReadCodes = () => Promise.reject(new Error('nothing is to be read'));

/** Pictures of a browser in which each is of this size, and which counts those that are still open. */
function pictures(width: number, height: number): { open: number; drawn: number[] } {
  const seen = { open: 0, drawn: [] as number[] };
  const context = {
    fillRect: () => undefined,
    drawImage: () => undefined,
    getImageData: (_x: number, _y: number, w: number, h: number) => {
      seen.drawn.push(Math.max(w, h));
      return { data: new Uint8ClampedArray(4), width: w, height: h };
    },
  };
  vi.stubGlobal('createImageBitmap', () => {
    seen.open += 1;
    return Promise.resolve({ width, height, close: () => { seen.open -= 1; } });
  });
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => context }) });
  return seen;
}

afterEach(() => vi.unstubAllGlobals());

describe('a file', () => {
  it('may be the text itself', async () => {
    expect(await scanFile(new Blob([`\n ${seal}\n`]), never)).toEqual({ kind: 'found', text: seal });
    expect(await scanFile(new Blob([`{${' '.repeat(70_000)}}`]), never)).toEqual({ kind: 'too-large' });
  });

  it('is refused by what it is', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')));
    expect(await scanFile(new Blob(['%PDF-1.7 ...']), never)).toEqual({ kind: 'pdf' });
    expect(await scanFile(new Blob(['hello']), never)).toEqual({ kind: 'unreadable' });
    expect(await scanFile(new Blob([]), never)).toEqual({ kind: 'unreadable' });
    expect(await scanFile(new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47)]), never)).toEqual({ kind: 'unreadable' });
    expect(await scanFile(new Blob([new Uint8Array(32 * 1024 * 1024 + 1)]), never)).toEqual({ kind: 'too-large' });
    pictures(8001, 8000);
    expect(await scanFile(new Blob([Uint8Array.of(0xff, 0xd8)]), never)).toEqual({ kind: 'too-large' });
  });

  it('is looked at small first, then larger, and let go', async () => {
    const picture = new Blob([Uint8Array.of(0xff, 0xd8)]);
    let looks = 0;
    const nothing: ReadCodes = () => { looks += 1; return Promise.resolve([]); };
    let seen = pictures(4032, 3024);
    expect(await scanFile(picture, nothing)).toEqual({ kind: 'none' });
    expect(seen).toEqual({ open: 0, drawn: [1280, 2560] });
    seen = pictures(1000, 1280);
    expect(await scanFile(picture, nothing)).toEqual({ kind: 'none' });
    expect(seen).toEqual({ open: 0, drawn: [1280] });
    expect(looks).toBe(3);
    seen = pictures(4032, 3024);
    expect(await scanFile(picture, () => Promise.resolve([seal]))).toEqual({ kind: 'found', text: seal });
    expect(await scanFile(picture, () => Promise.resolve(['x']))).toEqual({ kind: 'other' });
    expect(await scanFile(picture, never)).toEqual({ kind: 'broken' });
    expect(seen).toEqual({ open: 0, drawn: [1280, 1280, 1280] });
  });
});
