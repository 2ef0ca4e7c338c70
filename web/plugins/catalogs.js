import { readFileSync } from 'node:fs';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import areas from '../src/text/areas.json' with { type: 'json' };

/** The areas that a message belongs to, by its id's first part: a page loads the messages of one area alone. */
export function areasOf(id) {
  const page = id.slice(0, id.indexOf('.'));
  const found = Object.keys(areas).filter((area) => areas[area].includes(page));
  if (found.length === 0) throw new Error(`The message ${id} belongs to no area: name "${page}" in src/text/areas.json`);
  return found;
}

/** A message as its elements; one without placeholders as plain text. */
export function compile(id, text) {
  try {
    const elements = parse(text, { captureLocation: false, shouldParseSkeletons: false });
    if (elements.length === 0) return '';
    return elements.length === 1 && elements[0].type === TYPE.literal ? elements[0].value : elements;
  } catch (error) {
    throw new Error(`The message ${id} is no ICU message: ${error.message}`);
  }
}

const request = /catalogs[\\/]web[\\/][\w-]+\.json\?area=([\w-]+)$/;

export function catalogs() {
  return {
    name: 'abode-catalogs',
    enforce: 'pre',
    load(id) {
      const asked = id.match(request);
      if (!asked) return null;
      const file = id.slice(0, id.indexOf('?'));
      this.addWatchFile(file);
      const english = file.replace(/[\w-]+\.json$/, 'en.json');
      const read = (path) => JSON.parse(readFileSync(path, 'utf8')).messages;
      // What a catalog lacks (src/text/unfinished.json) is shown in English.
      const messages = { ...read(english), ...read(file) };
      const chosen = Object.entries(messages).filter(([name]) => areasOf(name).includes(asked[1]));
      const compiled = Object.fromEntries(chosen.map(([name, text]) => [name, compile(name, text)]));
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`, moduleType: 'js' };
    },
  };
}
