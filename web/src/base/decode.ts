/** Makes a typed value of unknown input, or throws Mismatch. */
export type Decoder<T> = (input: unknown, path: string) => T;

/** Says where an input was not what it had to be; never what stood there. */
export class Mismatch extends Error {
  constructor(path: string, wanted: string) {
    super(`${path || 'the whole'} is not ${wanted}`);
  }
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

export const text: Decoder<string> = (input, path) => {
  if (typeof input !== 'string') throw new Mismatch(path, 'a text');
  return input;
};

export const flag: Decoder<boolean> = (input, path) => {
  if (typeof input !== 'boolean') throw new Mismatch(path, 'true or false');
  return input;
};

/** A whole number that a double holds exactly. */
export const whole: Decoder<number> = (input, path) => {
  if (typeof input !== 'number' || !Number.isSafeInteger(input)) throw new Mismatch(path, 'a whole number');
  return input;
};

export function oneOf<T extends string>(...names: readonly T[]): Decoder<T> {
  return (input, path) => {
    const found = names.find((name) => name === input);
    if (found === undefined) throw new Mismatch(path, `one of ${names.join(', ')}`);
    return found;
  };
}

export function list<T>(each: Decoder<T>): Decoder<T[]> {
  return (input, path) => {
    if (!Array.isArray(input)) throw new Mismatch(path, 'a list');
    return input.map((item: unknown, i) => each(item, `${path}[${i}]`));
  };
}

export function orNull<T>(inner: Decoder<T>): Decoder<T | null> {
  return (input, path) => (input === null ? null : inner(input, path));
}

type Shape = Record<string, Decoder<unknown>>;
type Made<S extends Shape> = { [K in keyof S]: S[K] extends Decoder<infer T> ? T : never };

/** Members that are not named are passed over: an answer may gain some. */
export function record<S extends Shape>(shape: S): Decoder<Made<S>> {
  return (input, path) => {
    if (!isRecord(input)) throw new Mismatch(path, 'an object');
    const made: Record<string, unknown> = {};
    for (const [name, decoder] of Object.entries(shape)) made[name] = decoder(input[name], `${path}.${name}`);
    return made as Made<S>; // each member was made by its decoder just now
  };
}

/** `shape` must be there, what `more` names may be. */
export function recordWith<S extends Shape, M extends Shape>(shape: S, more: M): Decoder<Made<S> & Partial<Made<M>>> {
  const firm = record(shape);
  return (input, path) => {
    const made: Record<string, unknown> = firm(input, path);
    if (isRecord(input))
      for (const [name, decoder] of Object.entries(more))
        if (input[name] !== undefined) made[name] = decoder(input[name], `${path}.${name}`);
    return made as Made<S> & Partial<Made<M>>; // each member was made by its decoder just now
  };
}

export function dictionary<T>(each: Decoder<T>): Decoder<Record<string, T>> {
  return (input, path) => {
    if (!isRecord(input)) throw new Mismatch(path, 'an object');
    return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, each(value, `${path}.${name}`)]));
  };
}

/** Null where the input is not what the decoder wants. */
export function decoded<T>(decoder: Decoder<T>, input: unknown): T | null {
  try {
    return decoder(input, '');
  } catch (error) {
    if (error instanceof Mismatch) return null;
    throw error;
  }
}

/** Null where the text is no JSON, or not what the decoder wants. */
export function parsed<T>(decoder: Decoder<T>, json: string): T | null {
  try {
    return decoded(decoder, JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
