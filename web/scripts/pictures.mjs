// Makes the README's pictures from the running app: `node web/scripts/pictures.mjs ABODE CHROMIUM BUILT OUT`.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { enter, program, titled, withRegister } from '../test/harness.mjs';

const [, browser_path, , out] = process.argv.slice(2);
assert.ok(out, 'usage: node scripts/pictures.mjs ABODE CHROMIUM BUILT OUT');
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const edge_px = 32;
const berlin = { country: 'DE', street: 'Sonnenallee', house_number: '17b', postal_code: '12047', locality: 'Berlin', lines: ['Sonnenallee 17b', '12047 Berlin'] };

/** Anna lives in Berlin, and a school office has looked once, with her code. Gives the entry of her registration. */
async function furnish(register) {
  const anna = await program(register);
  const { receipt } = await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
  const fields = ['family_name', 'given_names', 'main_address'];
  const { opening_code } = await anna.post('/api/v1/opening-codes', { fields, valid_minutes: 60 });
  const send = (path, body, token) =>
    fetch(register + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
  const { token } = await (await send('/api/v1/staff/sessions', { test_staff: 'clerk-school' })).json();
  const opened = await send('/api/v1/staff/openings', { code: opening_code.code, purpose: 'school-enrolment', reference: 'S-2026/118', fields }, token);
  assert.ok(opened.ok, await opened.text());
  return receipt.entry;
}

/** The pages that are shown, and what is to be there first. */
const pagesOf = (entry) => [
  { name: 'start', path: '', title: 'Where you live, on your own word', ready: 'button.second', signedIn: false },
  { name: 'home', path: 'home', title: 'Your residence', ready: '.place .address', signedIn: true },
  { name: 'receipt', path: `receipts/${entry}`, title: 'Receipt', ready: '.receipt', signedIn: true },
  { name: 'history', path: 'history', title: 'Your history', ready: '.proving.good h2', signedIn: true },
];

async function picture(page, at, { path, title, ready }) {
  await page.goto(`${at}/app/${path}`);
  await titled(page, title);
  await page.locator(ready).first().waitFor();
  return page.screenshot();
}

/** The same page on a phone and on a desk, in one picture. */
async function sideBySide(browser, pictures) {
  const size = { width: phone.width + desk.width + 3 * edge_px, height: desk.height + 2 * edge_px };
  const page = await browser.newPage({ viewport: size });
  const image = (bytes, { width, height }) => `<img width="${width}" height="${height}" src="data:image/png;base64,${bytes.toString('base64')}">`;
  const look = `body { margin: 0; padding: ${edge_px}px; display: flex; gap: ${edge_px}px; align-items: center; background: #e9dfd2; } img { border-radius: 12px; box-shadow: 0 2px 12px rgb(74 47 25 / 20%); }`;
  await page.setContent(`<style>${look}</style>${image(pictures[0], phone)}${image(pictures[1], desk)}`);
  await page.waitForFunction(() => [...document.images].every((one) => one.complete));
  const bytes = await page.screenshot();
  await page.close();
  return bytes;
}

async function person(browser, at, viewport, signedIn) {
  const context = await browser.newContext({ locale: 'en-GB', viewport, serviceWorkers: 'block', reducedMotion: 'reduce' });
  const page = await context.newPage();
  if (signedIn) await enter(page, at);
  return page;
}

const browser = await chromium.launch({ executablePath: browser_path, args: ['--no-sandbox'] });
mkdirSync(out, { recursive: true });
await withRegister(async ({ at, register }) => {
  const entry = await furnish(register);
  for (const shown of pagesOf(entry)) {
    const pictures = [];
    for (const viewport of [phone, desk]) {
      const page = await person(browser, at, viewport, shown.signedIn);
      pictures.push(await picture(page, at, shown));
      await page.context().close();
    }
    writeFileSync(join(out, `${shown.name}.png`), await sideBySide(browser, pictures));
    console.log(`${shown.name}.png`);
  }
});
await browser.close();
