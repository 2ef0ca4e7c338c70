import { describe, expect, it } from 'vitest';
import source from '../../../src/html/colours.css?raw';

const [byDay = '', byNight = ''] = source.split('@media (prefers-color-scheme: dark)');

function colours(block: string): Map<string, string> {
  return new Map(Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), ([, name = '', colour = '']) => [name, colour]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const texts: [string, string[]][] = [
  ['ink', ['paper', 'card', 'tint', 'good-tint', 'bad-tint']],
  ['soft', ['paper', 'card', 'tint']],
  ['accent', ['paper', 'card', 'tint']],
  ['on-accent', ['accent']],
  ['good', ['paper', 'card', 'good-tint']],
  ['bad', ['paper', 'card', 'bad-tint']],
  ['on-mode', ['mode']],
];
const shapes: [string, string[]][] = [
  ['edge', ['paper', 'card']],
  ['focus', ['paper', 'card', 'tint']],
];

describe.each([['day', byDay], ['night', byNight]])('colours by %s', (time, block) => {
  const named = colours(block);
  const colour = (name: string) => {
    const found = named.get(name);
    if (!found) throw new Error(`no colour ${name} by ${time}`);
    return found;
  };

  it.each(texts)('let %s be read', (front, grounds) => {
    for (const ground of grounds) expect([ground, contrast(colour(front), colour(ground)) >= 4.5]).toEqual([ground, true]);
  });

  it.each(shapes)('let %s be seen', (front, grounds) => {
    for (const ground of grounds) expect([ground, contrast(colour(front), colour(ground)) >= 3]).toEqual([ground, true]);
  });
});
