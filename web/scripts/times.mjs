// How long the main job takes on an old phone and a slow network: `node scripts/times.mjs ABODE CHROMIUM BUILT`. Beside it the plain page,
// which needs no script, under the same conditions. docs/performance.md tells what the numbers mean.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode-generator';
import { berlin, program, run, titled } from '../test/harness.mjs';

const rounds = 5;
const slower = 4;
/** WebPageTest's slow 3G: 400 kbit/s each way, 400 ms there and back. */
const slow3g = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400 };
const entries = 190; // more changes than 200 in 72 hours are refused

const middle = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

function report(what, times) {
  const [low, mid, high] = [Math.min(...times), middle(times), Math.max(...times)].map((ms) => (ms / 1_000).toFixed(2));
  console.log(`${what.padEnd(64)} ${mid} (${low} to ${high}) s`);
}

/** A page as on an old phone; with `network` also on a slow network. */
async function onOldPhone(open, network = slow3g) {
  const page = await open();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (network) {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', network);
  }
  return page;
}

/** Milliseconds until `ready` can be seen and the page answers: what asks it runs on the page's own thread. */
async function until(page, act, ready) {
  const start = performance.now();
  await act();
  await ready();
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
  return performance.now() - start;
}

const heading = (page, title) => () => titled(page, title);
const press = (page, name) => () => page.getByRole('button', { name }).click();

/** One person's way from the first visit to the receipt, each step of it. */
async function mainJob({ at, open }) {
  const page = await onOldPhone(open);
  const times = {
    'first visit to a form that signs in': await until(page, () => page.goto(`${at}/app/`, { waitUntil: 'commit' }), () => page.locator('#field-card').waitFor()),
    'signing in to home': await until(page, press(page, 'Anna Maria Eriksson'), heading(page, 'Your residence')),
    'home to the first question': await until(page, () => page.getByRole('link', { name: /^Register (?:where I live|one more address)$/ }).click(), () => page.getByRole('radio', { name: 'Secondary residence' }).waitFor()),
  };
  await page.getByRole('radio', { name: 'Secondary residence' }).check();
  times['one question to the next'] = await until(page, press(page, 'Go on'), heading(page, 'What is the address?'));
  await page.selectOption('#field-country', 'DE');
  for (const name of ['street', 'house_number', 'postal_code', 'locality']) await page.fill(`#field-${name}`, berlin[name]);
  await press(page, 'Go on')();
  await titled(page, 'Since when?');
  await press(page, 'Go on')();
  await titled(page, 'Is everything right?');
  times['sending to the receipt'] = await until(page, press(page, 'Register this address'), () => page.locator('.receipt').waitFor());
  await page.context().close();
  return times;
}

async function plainPage({ at, open }) {
  const page = await onOldPhone(open);
  const time = await until(page, () => page.goto(at, { waitUntil: 'commit' }), () => page.locator('input[name="card"]').first().waitFor());
  await page.context().close();
  return { 'the plain page to its form, for comparison': time };
}

/** Gives each figure of some rounds. */
async function measured(work) {
  const all = new Map();
  for (let round = 0; round < rounds; ++round)
    for (const [what, time] of Object.entries(await work())) all.set(what, [...(all.get(what) ?? []), time]);
  for (const [what, times] of all) report(what, times);
}

async function longHistory({ at, register, open }) {
  const anna = await program(register);
  const { registration } = await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
  for (let number = 0; number < entries; ++number)
    await anna.post(`/api/v1/registrations/${registration.id}/correct`, { address: { ...berlin, house_number: String(number + 1) } });
  await measured(async () => {
    const page = await onOldPhone(open, null);
    await page.goto(`${at}/app/`);
    await press(page, 'Anna Maria Eriksson')();
    await titled(page, 'Your residence');
    const time = await until(page, () => page.goto(`${at}/app/history`, { waitUntil: 'commit' }), () => page.locator('.proving.good').waitFor());
    await page.context().close();
    return { [`a history of ${entries} entries, until it is checked`]: time };
  });
}

/** A picture with the code of a proof, drawn by the browser. */
async function pictureOf(page, proof, file) {
  const code = qrcode(0, 'M');
  code.addData(proof, 'Byte');
  code.make();
  const side = (code.getModuleCount() + 8) * 5;
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>body{margin:0}</style>${code.createSvgTag({ cellSize: 5, margin: 20 })}`);
  await page.screenshot({ path: file });
}

/** From the choice of a picture to its verdict: the first one, when what reads codes has to be loaded, and one more. */
async function scanned({ at, open }, file) {
  const page = await onOldPhone(open, null);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'));
  await page.goto(`${at}/app/scan.html`);
  await page.waitForFunction(() => localStorage.getItem('abode.scan.trust') !== null);
  const choose = () => page.getByLabel('Choose a picture').setInputFiles(file);
  const first = await until(page, choose, () => page.locator('.verdict').waitFor());
  await page.getByRole('button', { name: 'Check the next one' }).click();
  const second = await until(page, choose, () => page.locator('.verdict').waitFor());
  await page.context().close();
  return { 'a picture of a proof to its verdict, the first': first, 'the next picture': second };
}

async function scans(place) {
  const anna = await program(place.register);
  await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
  const [proof] = (await anna.post('/api/v1/proofs', { life: 'fresh', fields: ['region'], form: 'paper' })).proofs;
  const folder = mkdtempSync(join(tmpdir(), 'abode-times-'));
  const file = join(folder, 'code.png');
  try {
    await pictureOf(await place.open(), proof, file);
    await measured(() => scanned(place, file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await run({
  'the main job, processor at a quarter, slow 3G': async (place) => measured(async () => ({ ...(await mainJob(place)), ...(await plainPage(place)) })),
  'a long history, processor at a quarter': longHistory,
  'scanning, processor at a quarter': scans,
});
