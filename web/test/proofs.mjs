import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessible, berlin, enter, focused, program, run, titled } from './harness.mjs';

const home = { kind: 'main', address: berlin, since: '2026-11-01' };

/** A specimen who is registered in Berlin, at the form for a new proof. */
async function toForm(page, at, register) {
  await (await program(register)).post('/api/v1/registrations', home);
  if (page.url() === 'about:blank') await enter(page, at);
  await page.goto(`${at}/app/proofs`);
  await titled(page, 'Proofs of where you live');
  await page.getByRole('link', { name: 'Make a proof' }).click();
  await titled(page, 'Make a proof');
  await page.locator('#field-place').waitFor();
}

/** One that can say everything, kept in the browser, on the page where it is shown. */
async function keepOne(page, at, register, { lasting = false } = {}) {
  await toForm(page, at, register);
  for (const field of ['Date of birth', 'Region only', 'What the address rests on']) await page.getByLabel(field).check();
  if (lasting) await page.getByLabel('For up to a year').check();
  await page.getByRole('button', { name: 'Make it and keep it here' }).click();
  await titled(page, 'Show a proof');
  await page.locator('#field-number').waitFor();
}

async function show(page, fields, number = '1234 5678') {
  for (const field of fields) await page.getByLabel(field, { exact: true }).check();
  await page.fill('#field-number', number);
  await page.getByRole('button', { name: 'Show it' }).click();
  await page.getByRole('heading', { name: 'Hold this out' }).waitFor();
}

const shownText = (page) => page.locator('.proof-text').inputValue();

function verified({ abode, directory, register }, text, ...options) {
  const trust = join(directory, 'test-trust.json');
  writeFileSync(trust, execFileSync('curl', ['-s', `${register}/trust.json`]));
  const { stdout } = spawnSync(abode, ['verify', '-', '--json', '--trust', trust, ...options], { input: text });
  return JSON.parse(stdout.toString());
}

async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** The QR code that is shown, as zbarimg reads it off the screen. */
async function scanned(page, directory) {
  const picture = join(directory, 'shown.png');
  await page.locator('svg.qr').screenshot({ path: picture, scale: 'device' });
  const { stdout } = spawnSync('zbarimg', ['-q', '--raw', '-Sbinary', picture]);
  return stdout.toString();
}

await run({
  'a proof is kept in the browser, shown in parts without a connection, and read by abode verify': async (place) => {
    const { at, register, directory, open } = place;
    const page = await open({ deviceScaleFactor: 2 });
    await keepOne(page, at, register);
    await accessible(page, 'kept');
    await page.context().setOffline(true);
    await show(page, ['Family name', 'Region and country alone']);
    assert.equal(await focused(page), 'shown');
    await page.getByText('No camera there').click();
    await accessible(page, 'shown');
    const text = await shownText(page);
    const found = verified(place, text, '--audience', 'in-person', '--nonce', '12345678');
    assert.equal(found.verdict, 'test-mode');
    assert.deepEqual([found.person, found.address, found.residence], [{ family_name: 'ERIKSSON' }, { country: 'DE' }, {}]);
    await page.getByRole('button', { name: 'Stop the changing' }).click();
    const parts = new Map();
    for (let turn = 0; turn < 12; ++turn) {
      const [, , number, count, part] = (await scanned(page, directory)).match(/^ABODE:([0-9a-f]{4}):(\d+):(\d+):(.*)/s);
      parts.set(Number(number), part.replace(/\n$/, ''));
      if (parts.size === Number(count)) break;
      await page.getByRole('button', { name: 'Next part' }).click();
    }
    assert.equal(Array.from(parts).sort(([a], [b]) => a - b).map(([, part]) => part).join(''), text);
    const { name, content } = await downloaded(page, 'Save it as a file');
    assert.deepEqual([name, content.toString()], ['proof.txt', text]);
    await page.getByRole('button', { name: 'Done' }).click();
    await show(page, ['Family name'], '87654321');
    assert.notEqual(await shownText(page), text);
  },

  'what was not chosen cannot be shown, and the number is asked for': async ({ at, register, open }) => {
    const page = await open();
    await keepOne(page, at, register);
    assert.equal(await page.getByLabel('Living there since').count(), 0);
    await page.getByRole('button', { name: 'Show it' }).click();
    assert.deepEqual(await page.locator('.summary li').allTextContents(), ['Choose at least one thing to show', 'Type the eight digits that the other person’s page shows']);
    await accessible(page, 'kept with errors');
    await page.getByLabel('Address', { exact: true }).check();
    await page.fill('#field-number', '1234 567');
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.summary li').length === 1);
    await page.click('.summary a');
    assert.equal(await focused(page), 'field-number');
    await show(page, []);
  },

  'it is listed, survives a reload, and is over after ten minutes': async ({ at, register, open }) => {
    const page = await open();
    await page.clock.install();
    await keepOne(page, at, register);
    await page.reload();
    await titled(page, 'Show a proof');
    await page.locator('#field-number').waitFor();
    await show(page, ['Family name']);
    await page.clock.runFor(601_000);
    await page.getByText('The time is over').waitFor();
    assert.equal(await page.locator('svg.qr').count(), 0);
    await page.goto(`${at}/app/proofs`);
    await page.getByRole('link', { name: /^Show the proof of/ }).click();
    await titled(page, 'Show a proof');
  },

  'a kept proof is deleted': async ({ at, register, open }) => {
    const page = await open();
    await keepOne(page, at, register);
    const { pathname } = new URL(page.url());
    await page.getByText('Delete it from this browser').click();
    await page.getByRole('button', { name: 'Delete it', exact: true }).click();
    await titled(page, 'Proofs of where you live');
    await page.getByRole('heading', { name: 'Proofs that were made' }).waitFor();
    assert.equal(await page.getByText('Kept in this browser').count(), 0);
    await page.goto(at + pathname);
    await page.getByText('does not keep this proof any more').waitFor();
  },

  'leaving quickly and another person take kept proofs away': async ({ at, register, open }) => {
    const page = await open();
    await keepOne(page, at, register);
    const { pathname } = new URL(page.url());
    await page.getByRole('button', { name: 'Leave quickly' }).click();
    await page.waitForURL(/\/leave/);
    await page.goto(at + pathname);
    await page.getByText('does not keep this proof any more').waitFor();
    await enter(page, at);
    await page.goto(`${at}/app/proofs/new`);
    await page.getByRole('button', { name: 'Make it and keep it here' }).click();
    await titled(page, 'Show a proof');
    const again = new URL(page.url()).pathname;
    await page.evaluate(() => fetch('/api/v1/sessions', { method: 'DELETE' }));
    await page.goto(`${at}/app/proofs`);
    await page.getByRole('button', { name: /Stevenson/i }).click();
    await titled(page, 'Your residence');
    await page.goto(at + again);
    await page.getByText('does not keep this proof any more').waitFor();
  },

  'a page to print is made and downloaded': async (place) => {
    const { at, register, open } = place;
    const page = await open();
    await toForm(page, at, register);
    await page.getByLabel('On paper').check();
    await accessible(page, 'form');
    await page.selectOption('#field-language', 'ru');
    await page.getByRole('button', { name: 'Make the page' }).click();
    await page.getByRole('heading', { name: 'Your page is ready' }).waitFor();
    await accessible(page, 'paper');
    const { name, content } = await downloaded(page, 'Download the page (PDF)');
    assert.match(name, /^proof-\d+\.pdf$/);
    assert.equal(content.subarray(0, 5).toString(), '%PDF-');
    const file = join(place.directory, 'page.pdf');
    writeFileSync(file, content);
    const text = execFileSync('pdftotext', [file, '-']).toString();
    assert.match(text, /Sonnenallee 17b/);
    assert.match(text, /[А-я]{4}/);
  },

  'an offer for a wallet is there for wallets to fetch, and its code stands apart from it': async ({ at, register, open, directory }) => {
    const page = await open({ deviceScaleFactor: 2 });
    await toForm(page, at, register);
    await page.getByLabel('Into my wallet app').check();
    assert.equal(await page.getByText('What shall it say?').count(), 0);
    await page.getByRole('button', { name: 'Lay it out for my wallet' }).click();
    await page.getByRole('heading', { name: 'Take it into your wallet' }).waitFor();
    await accessible(page, 'offer');
    const link = await page.getByRole('link', { name: 'Open the wallet on this device' }).getAttribute('href');
    assert.equal((await scanned(page, directory)).trim(), link);
    const code = await page.locator('.big-code').innerText();
    assert.match(code, /^\d{6}$/);
    assert.ok(!link.includes(code));
    const offer = await (await fetch(decodeURIComponent(link.split('credential_offer_uri=')[1]))).json();
    const grant = offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code'];
    assert.ok(grant['pre-authorized_code']);
    assert.equal(grant.tx_code.length, code.length);
  },

  'a lasting proof is withdrawn after a question': async ({ at, register, open }) => {
    const page = await open();
    await keepOne(page, at, register, { lasting: true });
    await page.goto(`${at}/app/proofs`);
    await page.getByRole('link', { name: /^Withdraw it/ }).click();
    await titled(page, 'Withdraw this proof?');
    await page.getByRole('button', { name: 'Withdraw it' }).waitFor();
    await accessible(page, 'withdraw');
    await page.getByRole('link', { name: 'Keep it' }).click();
    await titled(page, 'Proofs of where you live');
    await page.getByRole('link', { name: /^Withdraw it/ }).click();
    await page.getByRole('button', { name: 'Withdraw it' }).click();
    await titled(page, 'Receipt');
    const { proofs } = await (await program(register)).get('/api/v1/proofs');
    assert.ok(proofs[0].withdrawn_at);
    await page.goto(`${at}/app/proofs`);
    await page.locator('.state', { hasText: 'Withdrawn' }).waitFor();
    assert.equal(await page.getByRole('link', { name: /^Withdraw it/ }).count(), 0);
    await accessible(page, 'list');
  },

  'who chooses nothing, has nothing or asks for too much is told what to do': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/proofs/new`);
    await page.getByText('There is nothing to prove yet').waitFor();
    await accessible(page, 'nothing to prove');
    await page.goto(`${at}/app/proofs/99/withdraw`);
    await page.getByText('There is no such proof in your list').waitFor();
    await toForm(page, at, register);
    for (const field of ['Family name', 'Given names', 'Address']) await page.getByLabel(field, { exact: true }).uncheck();
    await page.getByRole('button', { name: 'Make it and keep it here' }).click();
    await page.locator('.summary').waitFor();
    await page.waitForFunction(() => document.title.startsWith('Error: '));
    await accessible(page, 'form with errors');
    await page.click('.summary a');
    assert.equal(await focused(page), 'field-fields');
  },

  'without a connection the kept proofs are there, and the failure is told': async ({ at, register, open }) => {
    const page = await open();
    await keepOne(page, at, register);
    await page.getByRole('link', { name: 'Back to your proofs' }).click();
    await titled(page, 'Proofs of where you live');
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Make a proof' }).click();
    await page.getByText('There is no connection to the register').waitFor();
    await page.getByRole('link', { name: 'Back to your proofs' }).click();
    await page.getByRole('link', { name: /^Show the proof of/ }).click();
    await titled(page, 'Show a proof');
    await page.locator('#field-number').waitFor();
  },
});
