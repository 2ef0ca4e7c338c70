// DER (ITU-T X.690), as much of it as certificates take: definite lengths in their shortest form, tags of one byte.

/** That bytes are no DER, or of another shape than is asked for; thrown in this folder alone. */
export class NotDer extends Error {}

export const tags = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, object: 0x06, utf8: 0x0c, utcTime: 0x17,
  generalizedTime: 0x18, universalText: 0x1c, bmpText: 0x1e, sequence: 0x30, set: 0x31,
} as const;

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With its tag and length. */
  readonly whole: Uint8Array;
}

/** Hands out elements that stand one after the other. */
export class DerReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isDone(): boolean {
    return this.at === this.bytes.length;
  }

  /** The tag of the next element; null at the end. */
  get nextTag(): number | null {
    return this.bytes[this.at] ?? null;
  }

  next(): Element {
    const start = this.at;
    const tag = this.byte();
    if ((tag & 0x1f) === 0x1f) throw new NotDer('a tag of several bytes');
    const isOfElements = tag === tags.sequence || tag === tags.set;
    if (tag < 0x40 && (tag & 0x20) !== 0 && !isOfElements) throw new NotDer('a value in pieces');
    const length = this.length();
    const end = this.at + length;
    if (end > this.bytes.length) throw new NotDer('cut off');
    const content = this.bytes.subarray(this.at, end);
    this.at = end;
    return { tag, content, whole: this.bytes.subarray(start, end) };
  }

  /** The next element, which has this tag. */
  take(tag: number): Element {
    if (this.nextTag !== tag) throw new NotDer('another tag');
    return this.next();
  }

  /** The next element if it has this tag. */
  takeIf(tag: number): Element | null {
    return this.nextTag === tag ? this.next() : null;
  }

  end(): void {
    if (!this.isDone) throw new NotDer('something is left');
  }

  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new NotDer('cut off');
    this.at += 1;
    return byte;
  }

  private length(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    const size = first & 0x7f;
    if (size === 0 || size > 3) throw new NotDer('no definite length, or one of more than 3 bytes');
    let length = 0;
    for (let i = 0; i < size; ++i) length = length * 256 + this.byte();
    if (length < 0x80 || length < 256 ** (size - 1)) throw new NotDer('a length that could be shorter');
    return length;
  }
}

/** Reads all of one element's content. */
export function within<T>(element: Element, read: (inner: DerReader) => T): T {
  const inner = new DerReader(element.content);
  const value = read(inner);
  inner.end();
  return value;
}

/** The elements of which the content consists. */
export function elementsOf(element: Element): Element[] {
  return within(element, (inner) => {
    const all: Element[] = [];
    while (!inner.isDone) all.push(inner.next());
    return all;
  });
}

/** A whole number's content: not empty, in the fewest bytes. */
export function integerOf(element: Element): Uint8Array {
  const [first, second] = element.content;
  if (element.tag !== tags.integer || first === undefined) throw new NotDer('no number');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new NotDer('a number that could be shorter');
  return element.content;
}

/** A number that is not negative and fits into 31 bits. */
export function smallNumberOf(element: Element): number {
  const bytes = integerOf(element);
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) throw new NotDer('a number out of range');
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** An object identifier, as its content in hexadecimal would be compared: "2a8648ce3d0201". */
export function objectOf(element: Element): string {
  const bytes = element.content;
  if (element.tag !== tags.object || bytes.length === 0 || (bytes[bytes.length - 1] ?? 0) >= 0x80)
    throw new NotDer('no identifier');
  const isPadded = bytes.some((byte, i) => byte === 0x80 && (i === 0 || (bytes[i - 1] ?? 0) < 0x80));
  if (isPadded) throw new NotDer('an identifier that could be shorter');
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Bits {
  /** Bits that are not used are zero. */
  readonly bytes: Uint8Array;
  readonly unused: number;
}

export function bitsOf(element: Element): Bits {
  const unused = element.content[0];
  if (element.tag !== tags.bitString || unused === undefined || unused > 7) throw new NotDer('no bits');
  const bytes = Uint8Array.from(element.content.subarray(1));
  const last = bytes.length - 1;
  if (last >= 0) bytes[last] = (bytes[last] ?? 0) & (0xff << unused);
  return { bytes, unused };
}

/** Seconds since 1970 (RFC 5280, section 4.1.2.5); null for another form than that of DER, in UTC and whole seconds. */
export function timeOf(element: Element): number | null {
  const text = String.fromCharCode(...element.content);
  const form = element.tag === tags.utcTime ? /^([0-9]{2})([0-9]{10})Z$/ : /^([0-9]{4})([0-9]{10})Z$/;
  const parts = form.exec(text);
  if (parts === null) return null;
  const digits = parts[2] ?? '';
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 2, 4, 6, 8].map((at) =>
    Number(digits.slice(at, at + 2)),
  );
  const written = Number(parts[1]);
  const year = element.tag === tags.utcTime ? written + (written < 50 ? 2000 : 1900) : written;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return null;
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}
