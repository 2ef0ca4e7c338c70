import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import areas from './areas.json';
import { isLanguage, languages } from './languages';
import { pluralForm } from './plurals';
import unfinished from './unfinished.json';

interface Catalog {
  language: string;
  reviewed: boolean;
  messages: Record<string, string>;
}

const catalogs = import.meta.glob<Catalog>('../../../catalogs/web/*.json', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*', '!../api/openapi.d.ts'], { eager: true, query: '?raw', import: 'default' });
const code = Object.values(sources).join('\n');
const english = catalogs['../../../catalogs/web/en.json'];
const others = Object.entries(catalogs).filter(([, { language }]) => language !== 'en');

/** Names of placeholders and tags, and the forms of each plural. */
function shape(elements: readonly MessageFormatElement[], names = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    names.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
    if (element.type === TYPE.tag) shape(element.children, names);
    if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const option of Object.values(element.options)) shape(option.value, names);
  }
  return names;
}

function pluralsIn(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.plural) return [Object.keys(element.options), ...Object.values(element.options).flatMap(({ value }) => pluralsIn(value))];
    return element.type === TYPE.tag ? pluralsIn(element.children) : [];
  });
}

describe('the English catalog', () => {
  it('has messages, each in an area', () => {
    const ids = Object.keys(english?.messages ?? {});
    expect(ids.length).toBeGreaterThan(100);
    const pages = Object.values(areas).flat();
    expect(ids.filter((id) => !pages.includes(id.slice(0, id.indexOf('.'))))).toEqual([]);
  });

  it('says of a child only what it says of the person as well', () => {
    const ids = Object.keys(english?.messages ?? {});
    expect(ids.filter((id) => id.startsWith('child.') && !ids.includes(id.slice('child.'.length)))).toEqual([]);
  });

  it('has nothing that is not used', () => {
    // A message is named whole, or by a template whose fixed beginning stands in the code.
    const named = (id: string) => code.includes(`'${id}'`) || Array.from(code.matchAll(/`([a-z][\w.-]*\.)\$\{/g)).some(([, begin = '']) => id.startsWith(begin) && begin.length >= 4);
    expect(Object.keys(english?.messages ?? {}).filter((id) => !named(id))).toEqual([]);
  });
});

describe.each(others)('%s', (path, { language, messages, reviewed }) => {
  it('is of a language of the app, and says whether somebody read it', () => {
    expect(isLanguage(language)).toBe(true);
    expect(path.endsWith(`/${language}.json`)).toBe(true);
    expect(typeof reviewed).toBe('boolean');
  });

  it('has the messages of the English one, in its order', () => {
    const wanted = Object.keys(english?.messages ?? {});
    const there = wanted.filter((id) => id in messages);
    expect(Object.keys(messages)).toEqual(there);
    // Named in unfinished.json while it lacks some, and no longer.
    expect([language, there.length < wanted.length]).toEqual([language, new Set<string>(unfinished).has(language)]);
  });

  it('has the same placeholders in each', () => {
    for (const [id, text] of Object.entries(messages))
      expect([id, Array.from(shape(parse(text))).sort()]).toEqual([id, Array.from(shape(parse(english?.messages[id] ?? ''))).sort()]);
  });

  it('has every form that its plurals need', () => {
    if (!isLanguage(language)) return expect.fail();
    const needed = new Set(Array.from({ length: 200 }, (_, n) => pluralForm(language, n)));
    for (const [id, text] of Object.entries(messages))
      for (const options of pluralsIn(parse(text))) {
        const missing = Array.from(needed).filter((form) => !options.includes(form));
        expect([id, missing]).toEqual([id, []]);
        expect([id, options.includes('other')]).toEqual([id, true]);
      }
  });
});

describe('the code', () => {
  // Words between tags, or in attributes that people read or hear.
  const betweenTags = />\s*[^<>{}=;()&|]*\p{L}{2,}[^<>{}=;()&|]*<\//gu;
  const inAttributes = /\s(?:alt|title|placeholder|aria-label|label|hint|summary)="[^"]*\p{L}[^"]*"/gu;

  it('has no text for people in it', () => {
    const found = Object.entries(sources)
      .filter(([path]) => path.endsWith('.tsx'))
      .flatMap(([path, source]) => Array.from(source.matchAll(betweenTags)).concat(Array.from(source.matchAll(inAttributes))).map(([text]) => `${path}: ${text.trim()}`));
    expect(found).toEqual([]);
  });

  it('has a language menu with every language', () => expect(Object.keys(languages)).toHaveLength(13));
});
