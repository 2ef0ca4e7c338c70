// Makes src/rules/data from profiles/calendars and profiles/deadlines: a typed module for each file, a chunk of its own
// in the app, and one that loads them by name. What a file says is taken over as it is; TypeScript holds each module to
// its type, so a key that is unknown, missing or of another type does not compile.
//   node scripts/rules_data.mjs          writes the modules
//   node scripts/rules_data.mjs --check  fails if they are not what it would write
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const profiles = join(dirname(web), 'profiles');
const target = join(web, 'src', 'rules', 'data');

const kinds = [
  { folder: 'calendars', type: 'Calendar', from: '../../calendar', load: 'loadCalendar', names: 'calendarNames' },
  { folder: 'deadlines', type: 'Table', from: '../../answer', load: 'loadTable', names: 'tableNames' },
];

// The array of tables [[deadline]] is `rules` in the program, as in src/deadlines.
const renamed = { deadline: 'rules' };

function camelCase(key) {
  return renamed[key] ?? key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

function withCamelCaseKeys(value) {
  if (Array.isArray(value)) return value.map(withCamelCaseKeys);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) throw new Error('dates are written in quotes');
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [camelCase(key), withCamelCaseKeys(part)]));
}

function moduleOf(kind, name) {
  const content = withCamelCaseKeys(parse(readFileSync(join(profiles, kind.folder, `${name}.toml`), 'utf8')));
  return [
    `// Made from profiles/${kind.folder}/${name}.toml by scripts/rules_data.mjs.`,
    `import type { ${kind.type} } from '${kind.from}';`,
    '',
    `export const content: ${kind.type} = ${JSON.stringify(content, null, 2)};`,
    '',
  ].join('\n');
}

function loaderOf(kind, names) {
  return [
    `const ${kind.folder} = {`,
    ...names.map((name) => `  '${name}': () => import('./${kind.folder}/${name}'),`),
    '};',
    '',
    `export type ${kind.type}Name = keyof typeof ${kind.folder};`,
    `export const ${kind.names}: readonly ${kind.type}Name[] = ${JSON.stringify(names).replace(/"/g, "'")};`,
    '',
    '/** Loads its chunk; the promise is broken if that does not arrive. */',
    `export async function ${kind.load}(name: ${kind.type}Name): Promise<${kind.type}> {`,
    `  return (await ${kind.folder}[name]()).content;`,
    '}',
    '',
  ].join('\n');
}

/** All modules: path below src/rules/data, and text. */
function modules() {
  const made = new Map();
  const loaders = [
    '// Made by scripts/rules_data.mjs: what there is, by name.',
    ...kinds.map((kind) => `import type { ${kind.type} } from '${kind.from.replace('../../', '../')}';`),
    '',
  ];
  for (const kind of kinds) {
    const files = readdirSync(join(profiles, kind.folder)).filter((file) => file.endsWith('.toml'));
    const names = files.map((file) => file.slice(0, -'.toml'.length)).sort();
    for (const name of names) made.set(join(kind.folder, `${name}.ts`), moduleOf(kind, name));
    loaders.push(loaderOf(kind, names));
  }
  made.set('index.ts', loaders.join('\n'));
  return made;
}

function present() {
  const files = readdirSync(target, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, readFileSync(join(target, file), 'utf8')]));
}

const made = modules();
if (process.argv.includes('--check')) {
  const found = present();
  const stale = [...new Set([...made.keys(), ...found.keys()])].filter((file) => made.get(file) !== found.get(file));
  if (stale.length > 0) {
    console.error(`src/rules/data is not what profiles/ says: ${stale.join(', ')}. Run node scripts/rules_data.mjs`);
    process.exit(1);
  }
} else {
  rmSync(target, { recursive: true, force: true });
  for (const [file, text] of made) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), text);
  }
}
