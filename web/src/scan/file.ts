// A proof in a file: a picture with its code, or its text.
import { textOf } from '../log/text';
import { dotsOf, sides } from './picture';
import type { ReadCodes } from './reader';
import { shownAs, shownIn } from './shown';
import type { Scan } from './shown';

const maxFileBytes = 32 * 1024 * 1024;
const maxDots = 64_000_000;
const maxTextBytes = 1024 * 1024;

function begins(bytes: Uint8Array, text: string): boolean {
  return Array.from(text).every((sign, i) => bytes[i] === sign.charCodeAt(0));
}

async function look(dots: ImageData, read: ReadCodes): Promise<Scan> {
  try {
    return shownIn(await read(dots));
  } catch {
    return { kind: 'broken' };
  }
}

async function scanPicture(file: Blob, read: ReadCodes): Promise<Scan> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { kind: 'unreadable' };
  }
  try {
    const { width, height } = bitmap;
    if (width * height > maxDots) return { kind: 'too-large' };
    let scan: Scan = { kind: 'none' };
    for (const [i, longest] of sides.entries()) {
      if (i > 0 && Math.max(width, height) <= (sides[i - 1] ?? 0)) break; // all of it was looked at
      const dots = dotsOf({ source: bitmap, width, height }, longest);
      if (dots === null) return { kind: 'unreadable' };
      scan = await look(dots, read);
      if (scan.kind !== 'none') break;
    }
    return scan;
  } finally {
    bitmap.close();
  }
}

/** Nothing of the file is kept, and nothing leaves the browser. */
export async function scanFile(file: Blob, read: ReadCodes): Promise<Scan> {
  if (file.size > maxFileBytes) return { kind: 'too-large' };
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  if (begins(head, '%PDF-')) return { kind: 'pdf' };
  const mayBeText = file.size <= maxTextBytes && head.every((byte) => byte >= 0x09 && byte < 0x80);
  const text = mayBeText ? textOf(new Uint8Array(await file.arrayBuffer())) : null;
  if (text !== null && !text.includes('\0')) {
    const scan = shownAs(text);
    if (scan.kind === 'found' || scan.kind === 'too-large') return scan;
  }
  return scanPicture(file, read);
}
