// Runs the app in a browser against the real register: `node test/NAME.mjs ABODE CHROMIUM BUILT`.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [abode, browser_path, built] = process.argv.slice(2);
assert.ok(abode && browser_path && built, 'usage: node test/NAME.mjs ABODE CHROMIUM BUILT');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const step_ms = 15_000;
const test_ms = 180_000;

export async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function greeting(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const found = line.match(/http:\/\/localhost:\d+/);
    if (found) return found[0];
  }
  throw new Error('the register said no address');
}

/** A register in test mode with the app, for as long as `use` takes; `prepare` comes before it is served. */
export async function withRegister(use, prepare = () => undefined) {
  const home = mkdtempSync(join(tmpdir(), 'abode-app-'));
  const directory = join(home, 'register');
  execFileSync(abode, ['init', directory, '--test-mode'], { stdio: 'ignore' });
  const listen = `localhost:${await freePort()}`;
  const settings = join(directory, 'abode.toml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('localhost:8080', listen));
  const prepared = prepare({ abode, directory });
  const server = spawn(abode, ['serve', directory, '--listen', listen, '--web', built], { stdio: ['ignore', 'pipe', 'ignore'] });
  const stopped = new Promise((resolve) => server.once('exit', resolve));
  try {
    const register = await greeting(server);
    server.stdout.resume();
    await use({ at: register, register, directory, abode, prepared });
  } finally {
    server.kill();
    await stopped;
    rmSync(home, { recursive: true });
  }
}

/** A browser whose pages, also those that others open in it, share one profile: for programs that measure. */
export const inOwnProfile = (profile, args) => chromium.launchPersistentContext(profile, { executablePath: browser_path, args: ['--no-sandbox', ...args], locale: 'en-GB' });

/** Every failure that the page itself knows of is one of the test. */
function watch(page, failures) {
  page.on('pageerror', (error) => failures.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) failures.push(`${page.url()}: ${message.text()}`);
  });
}

/** No violation of WCAG 2.2 AA on the page as it stands. */
export async function accessible(page, name) {
  // Colours that are still coming in are not yet those of the page.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).map(({ finished }) => finished)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`), []);
}

/** Waits until the page of this title is there. */
export async function titled(page, title) {
  await page.waitForFunction((wanted) => document.title === wanted && document.querySelector('h1'), `${title} – Abode`, { timeout: step_ms }).catch(async () => {
    assert.equal(await page.title(), `${title} – Abode`);
  });
}

/** Where the focus is: an id, else a tag's name. */
export const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName.toLowerCase());

/** Types a day, month and year, or empties them. */
export async function typeDay(page, field, [day, month, year]) {
  await page.fill(`[id="field-${field}"]`, String(day));
  await page.fill(`[name="${field}.month"]`, String(month));
  await page.fill(`[name="${field}.year"]`, String(year));
}

/**
 * Just these faults are shown, each `[text, field]` (no field: only in the summary): in the summary, which has the focus and leads to the first
 * field, and at their fields.
 */
export async function faults(page, wanted) {
  const texts = wanted.map(([text]) => text);
  await page.waitForFunction((all) => JSON.stringify(Array.from(document.querySelectorAll('.summary li'), (one) => one.textContent)) === JSON.stringify(all), texts).catch(async () => {
    assert.deepEqual(await page.locator('.summary li').allTextContents(), texts);
  });
  for (const [text, field] of wanted) if (field) assert.ok((await page.locator(`[id="error-${field}"]`).textContent()).includes(text), field);
  await page.waitForFunction(() => document.activeElement?.className === 'summary' && document.title.startsWith('Error: '));
  const first = wanted[0][1];
  if (!first) return;
  await page.locator('.summary a').first().click();
  assert.equal(await focused(page), `field-${first}`);
}

/**
 * Holds back the requests to an address that `which` takes, from when `there` resolves until `letGo` is called: with 'lost', they fail. `sent` are
 * their keys.
 */
export async function heldBack(page, address, which = () => true) {
  const sent = [];
  let [letGo, came] = [];
  const outcome = new Promise((resolve) => { letGo = resolve; });
  const there = new Promise((resolve) => { came = resolve; });
  await page.route(address, async (route) => {
    if (!which(route.request())) return route.continue();
    sent.push(route.request().headers()['idempotency-key']);
    came();
    const become = await outcome;
    return (become === 'lost' ? route.abort('internetdisconnected') : route.continue()).catch(() => undefined); // given up meanwhile
  });
  return { sent, there, letGo };
}

/** Whether it registers something. */
export const isFiling = (request) => request.method() === 'POST' && request.url().endsWith('/registrations');

/** Signs a specimen in by the app. */
export async function enter(page, at, name = 'Anna Maria Eriksson') {
  await page.goto(`${at}/app/`);
  await page.getByRole('button', { name }).click({ timeout: step_ms });
  await titled(page, 'Your residence');
}

/** Through the steps of registering to the last one: a street in Germany, from today on. */
export async function toCheck(page, at, kind = 'Main residence') {
  await page.goto(`${at}/app/register`);
  await page.getByRole('radio', { name: kind }).check();
  for (const title of ['What is the address?', 'Since when?', 'Is everything right?']) {
    await page.getByRole('button', { name: 'Go on' }).click();
    await titled(page, title);
    if (title !== 'What is the address?') continue;
    await page.selectOption('#field-country', 'DE');
    await page.fill('#field-street', 'Sonnenallee');
  }
}

/** The names under which this device keeps the checkpoints that it saw; first, one more of another log, if `name` is given. */
export const keptHeads = (page, name = null) =>
  page.evaluate(async (another) => {
    const database = await new Promise((resolve) => { const asked = indexedDB.open('abode.heads', 1); asked.onsuccess = () => resolve(asked.result); });
    const work = database.transaction('heads', 'readwrite');
    if (another) work.objectStore('heads').put('a note', `head ${another}+00000000+AAAA 7 00`);
    const names = work.objectStore('heads').getAllKeys();
    await new Promise((resolve) => { work.oncomplete = resolve; });
    database.close();
    return names.result;
  }, name);

/** A request as a program makes it, with a session of its own. */
export async function program(register, test_person = 'anna-eriksson') {
  const send = async (method, path, body, token) => {
    const headers = { ...(body && { 'Content-Type': 'application/json' }), ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(register + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const content = answer.status === 204 ? null : await answer.json();
    assert.ok(answer.ok, `${path}: ${answer.status} ${JSON.stringify(content)}`);
    return content;
  };
  const { token } = await send('POST', '/api/v1/sessions', { test_person });
  return { get: (path) => send('GET', path, null, token), post: (path, body) => send('POST', path, body, token) };
}

export const berlin = { country: 'DE', lines: ['Sonnenallee 17b', '12047 Berlin'], street: 'Sonnenallee', house_number: '17b', postal_code: '12047', locality: 'Berlin' };

const tooLong = () => new Promise((_, reject) => setTimeout(() => reject(new Error('this takes too long')), test_ms).unref());

/** What failed, and where in the test. */
const short = (error) => (error.stack ?? String(error)).split('\n').filter((line) => !/\[2m|node:internal/.test(line)).slice(0, 9).join('\n');

/**
 * Runs each of the tests, given by name, on a register and a browser of its own. `args` are more of the browser's; what `prepare`
 * makes, before the register is served, is `prepared`. `around` serves something else than a register.
 */
export async function run(tests, { args = [], prepare, around = withRegister } = {}) {
  const wanted = process.argv[5];
  const browser = await chromium.launch({ executablePath: browser_path, args: ['--no-sandbox', ...args] });
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    if (wanted && !name.includes(wanted)) continue;
    const failures = [];
    try {
      await around(async (place) => {
        const open = async (options = {}) => {
          const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 740 }, serviceWorkers: 'block', ...options });
          context.setDefaultTimeout(step_ms);
          context.on('page', (page) => watch(page, failures));
          return context.newPage();
        };
        await Promise.race([test({ ...place, open }), tooLong()]);
      }, prepare);
      assert.deepEqual(failures.filter((text) => !/Service Worker registration blocked/.test(text)), []);
      console.log(`ok      ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED  ${name}\n${short(error)}`);
      for (const failure of failures) console.log(`        the page: ${failure}`);
    }
  }
  await browser.close();
  process.exit(failed === 0 ? 0 : 1);
}
