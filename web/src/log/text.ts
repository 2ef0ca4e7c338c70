// The small pieces of which the log's text formats are made.
import { fromBase64 } from '../base/bytes';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The largest number that an unsigned integer of 64 bits holds. */
const maxUint64 = (1n << 64n) - 1n;

/**
 * The text that these bytes are, or null if they are not valid UTF-8 (RFC 3629). Unlike `Response.text()` it repairs
 * nothing and drops no byte-order mark: what was signed is what is read.
 */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** A text as UTF-8. Half a surrogate pair, which has no such form, must have been refused before. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Hands out a text line by line, without their newlines. */
export class Lines {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The next line, or null if no newline is left. */
  take(): string | null {
    const end = this.text.indexOf('\n', this.at);
    if (end < 0) return null;
    const line = this.text.slice(this.at, end);
    this.at = end + 1;
    return line;
  }

  /** What was not taken yet. */
  rest(): string {
    return this.text.slice(this.at);
  }
}

/** An unsigned decimal number of at most 64 bits, without leading zeros, signs or blanks; or null. */
export function parseDecimal(text: string): bigint | null {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const value = BigInt(text);
  return value <= maxUint64 ? value : null;
}

/** 32 bytes in padded base64, or null. */
export function hashFromBase64(text: string): Uint8Array | null {
  const bytes = text.length === 44 ? fromBase64(text) : null;
  return bytes !== null && bytes.length === 32 ? bytes : null;
}
