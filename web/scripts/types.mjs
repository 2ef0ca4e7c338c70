// Are the types of the API those of its description? `node scripts/types.mjs` fails if not; `npm run types` mends it.
import { readFileSync } from 'node:fs';
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const here = (path) => new URL(path, import.meta.url);
const made = COMMENT_HEADER + astToString(await openapi(here('../../src/api/openapi.json')));
const kept = readFileSync(here('../src/api/openapi.d.ts'), 'utf8');
if (made !== kept) {
  console.error('src/api/openapi.d.ts is not that of src/api/openapi.json any more: npm run types');
  process.exitCode = 1;
}
