// Made-up values from a seed, for tests of properties: one that fails names its seed, and gives the same values again.

export class Random {
  constructor(private state: number) {}

  /** 0 to limit - 1. A linear congruential generator (Numerical Recipes); its high bits are good enough for tests. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  oneOf<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('there is nothing to choose from');
    return choice;
  }

  /** `least` to `most` of the signs. */
  text(signs: string, least: number, most: number): string {
    const all = Array.from(signs);
    return Array.from({ length: least + this.below(most - least + 1) }, () => this.oneOf(all)).join('');
  }
}

/** Runs `property` with many seeds; the message of a failure begins with the seed. */
export function forSeeds(count: number, property: (random: Random) => void): void {
  for (let seed = 1; seed <= count; ++seed) {
    try {
      property(new Random(seed * 7919));
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
