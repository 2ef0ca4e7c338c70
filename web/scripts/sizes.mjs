// What a phone loads, compressed, until a page is there: `node scripts/sizes.mjs [BUILT]`. Fails when it is too much.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../../build/web');
const limits_bytes = { start: 60_000, page: 120_000 };

const assets = readdirSync(join(built, 'assets')).filter((name) => !/\.(?:br|gz)$/.test(name));
const size = (path) => readFileSync(join(built, existsSync(join(built, `${path}.br`)) ? `${path}.br` : path)).length;
const sizeOf = (name) => size(`assets/${name}`);

/** A script with all that it imports before it runs. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const source = readFileSync(join(built, 'assets', name), 'utf8');
  for (const [, other] of source.matchAll(/(?:import|from)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) withImports(other, seen);
  return seen;
}

const document = readFileSync(join(built, 'index.html'), 'utf8');
const entry = document.match(/assets\/([\w.-]+\.js)/)[1];
const frame = [...withImports(entry)];
// Other documents have sheets of their own, of about the same size.
const sheets = assets.filter((name) => name.endsWith('.css') && document.includes(name));
const messages = assets.filter((name) => name.startsWith('messages-'));
// The largest of each half: what a reader of that language loads. Both halves of one language have the same name.
const isFrame = (name) => readFileSync(join(built, 'assets', name), 'utf8').includes('sign-in.button');
const largest = (names) => Math.max(0, ...names.map(sizeOf));
const frameMessages = largest(messages.filter(isFrame));
const restMessages = largest(messages.filter((name) => !isFrame(name)));

const sum = (names) => names.reduce((total, name) => total + sizeOf(name), 0);
const base = size('index.html') + size('icon.svg') + sum(frame) + sum(sheets) + frameMessages;
const start = base + sum([...withImports(assets.find((name) => name.startsWith('start_page-')))].filter((name) => !frame.includes(name)));
const pages = assets.filter((name) => name.endsWith('.js') && !frame.includes(name) && !messages.includes(name));
const heaviest = pages.map((name) => [name, base + restMessages + sum([...withImports(name)].filter((one) => !frame.includes(one)))]).sort((a, b) => b[1] - a[1]);

const report = [['the start', start, limits_bytes.start], ...heaviest.slice(0, 3).map(([name, bytes]) => [name, bytes, limits_bytes.page])];
for (const [what, bytes, limit] of report) console.log(`${bytes <= limit ? 'ok      ' : 'TOO MUCH'} ${String(bytes).padStart(7)} of ${limit} bytes: ${what}`);
process.exitCode = report.every(([, bytes, limit]) => bytes <= limit) ? 0 : 1;
