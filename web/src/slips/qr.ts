// QR codes (ISO/IEC 18004) as squares to draw, of error correction level M: what both bank formats ask for.

import qrcode from 'qrcode-generator';
import { type Outcome, done, refused } from '../base/outcome';

export interface Squares {
  /** 1 to 40. */
  readonly version: number;
  /** Squares in a row, without the quiet zone around. */
  readonly width: number;
  readonly isDark: (row: number, column: number) => boolean;
}

export type QrFault = { readonly code: 'too-large-for-qr'; readonly bytes: number; readonly maxVersion: number };

/** Squares on each side that stay light. */
export const quietZone = 4;

/** Bytes that version 40 holds at level M. */
const maxBytes = 2331;

/** The text as UTF-8, in the smallest version that holds it and is at most `maxVersion`. */
export function squaresOf(text: string, maxVersion: number): Outcome<Squares, QrFault> {
  const bytes = new TextEncoder().encode(text);
  const tooLarge = refused({ code: 'too-large-for-qr', bytes: bytes.length, maxVersion } as const);
  if (bytes.length > maxBytes) return tooLarge;
  const code = qrcode(0, 'M');
  // The encoder takes the low eight bits of each sign, so it gets a sign for a byte.
  code.addData(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), 'Byte');
  code.make();
  const width = code.getModuleCount();
  const version = (width - 17) / 4;
  return version > maxVersion ? tooLarge : done({ version, width, isDark: code.isDark });
}

/** The width and height of the drawing of svgPath, with the quiet zone. */
export function sideOf(squares: Squares): number {
  return squares.width + 2 * quietZone;
}

/** The dark squares as the path of an SVG, one unit each, moved in by the quiet zone: a bar for each run of a row. */
export function svgPath({ width, isDark }: Squares): string {
  let path = '';
  for (let row = 0; row < width; ++row) {
    for (let column = 0; column < width; ++column) {
      let run = 0;
      while (column + run < width && isDark(row, column + run)) ++run;
      if (run === 0) continue;
      path += `M${column + quietZone} ${row + quietZone}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return path;
}
