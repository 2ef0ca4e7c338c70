// A proof that is bound to a key is too long for one QR code that an old phone reads. It is shown as several, one after
// the other, as often as it takes: `ABODE:ID:2:5:` and the second of five parts.

/** So many signs make a code of 85 squares (version 17, level M). */
const partChars = 480;
const maxParts = 200;

/** What the codes hold, in their order. `id` tells one showing from the next: 4 signs. */
export function partsOf(text: string, id: string): readonly string[] {
  const count = Math.ceil(text.length / partChars);
  return Array.from({ length: count }, (_, i) => {
    const part = text.slice(i * partChars, (i + 1) * partChars);
    return `ABODE:${id}:${i + 1}:${count}:${part}`;
  });
}

const form = /^ABODE:([0-9a-f]{4}):([1-9][0-9]{0,2}):([1-9][0-9]{0,2}):([^]+)$/;

export interface Progress {
  readonly found: number;
  readonly count: number;
}

/** Takes the parts as the camera finds them, in any order and again and again. */
export class Collector {
  private showing = '';
  private count = 0;
  private readonly parts = new Map<number, string>();

  /** Null: it is no part. Of another showing than the one before: that one is forgotten. */
  add(code: string): Progress | null {
    const [, id = '', number = '', count = '', part = ''] = form.exec(code) ?? [];
    if (part === '' || Number(number) > Number(count) || Number(count) > maxParts) return null;
    if (`${id}:${count}` !== this.showing) this.forget();
    this.showing = `${id}:${count}`;
    this.count = Number(count);
    this.parts.set(Number(number), part);
    return { found: this.parts.size, count: this.count };
  }

  /** Null until all parts are there. */
  whole(): string | null {
    if (this.count === 0 || this.parts.size < this.count) return null;
    return Array.from({ length: this.count }, (_, i) => this.parts.get(i + 1) ?? '').join('');
  }

  forget(): void {
    this.showing = '';
    this.count = 0;
    this.parts.clear();
  }
}
