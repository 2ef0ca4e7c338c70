// The app as `abode verifier` serves it: a wallet of others' making answers the code on the desk, and the page that checks
// proofs does so by what the verifier trusts.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { makeHolder, makeList, resolve, showTo, withVerifier } from '../../test/web/verifier.mjs';
import { door } from './door.mjs';
import { chromium } from 'playwright-core';
import { accessible, focused, run, titled } from './harness.mjs';

const [abode, browser_path, built] = process.argv.slice(2);
prepareZXingModule({ overrides: { wasmBinary: readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')) } });

const region = { address: { country: true, region: true } };
const everything = { family_name: true, given_name: true, birthdate: true, address: { country: true, formatted: true } };
const least = 'Lives in which region';
const most = 'Name, date of birth and address';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth);

/** A page of the desk, with somebody signed in. */
async function toDesk({ at, accessKey, open }, options) {
  const page = await open(options);
  await page.goto(`${at}/app/desk.html`);
  await page.getByLabel('Access key').fill(accessKey);
  await button(page, 'Sign in').click();
  await titled(page, 'What do you need to know?');
  return page;
}

/** What a phone reads from the screen. */
async function linkOn(page) {
  const [code] = await readBarcodes(new Uint8Array(await page.getByRole('img', { name: 'The request as a QR code' }).screenshot()), { formats: ['QRCode'] });
  assert.match(code?.text ?? 'nothing', /^openid4vp:\/\//);
  return code.text;
}

/** Asks by the page; what a phone reads there. */
async function ask(page, query = least) {
  await page.getByLabel(query, { exact: true }).check();
  await button(page, 'Show a QR code').click();
  await titled(page, query);
  return linkOn(page);
}

/** The verdict on the desk, once it is there: its words, its look, and where the focus is. */
async function verdict(page) {
  await page.locator('.verdict h1:focus').waitFor();
  assert.equal(await page.locator('.verdict svg.shape').count(), 1);
  return [await page.locator('.verdict h1').innerText(), (await page.locator('.verdict').getAttribute('class')).replace('verdict ', '')];
}

async function goOn(page) {
  await button(page, 'Forget it and go on').click();
  await titled(page, 'What do you need to know?');
}

/** A wallet that says no, as the specification has it. */
async function decline(link, error) {
  const { authorizationRequestPayload: { response_uri, state } } = await resolve(link);
  const answer = await fetch(response_uri, { method: 'POST', body: new URLSearchParams({ error, state }) });
  assert.equal(answer.status, 200);
}

/** All that the page can keep on the device. */
const stored = (page) =>
  page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), location.href]));

async function paste(page, text) {
  if (!(await page.locator('#field-text').isVisible())) await page.getByText('Paste a text').click();
  await page.fill('#field-text', text);
  await button(page, 'Check it').click();
  await page.locator('.verdict h2').waitFor();
  return page.locator('.verdict h2').innerText();
}
const question = async (page) => (await page.locator('.question .big-code').innerText()).replace(' ', '');

/** The page that checks proofs, with all that it fetches at first. */
async function toScan(page, at, lists) {
  await page.goto(`${at}/app/scan.html`);
  await page.waitForFunction((wanted) => localStorage.getItem('abode.scan.trust') !== null && (!wanted || localStorage.getItem('abode.scan.lists') !== null), lists);
}

await run({
  'the plain page leads to the desk, which lets in by the access key alone and keeps it nowhere': async ({ at, accessKey, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(at);
    assert.equal(await wide(page), 320);
    await accessible(page, 'plain page');
    await page.getByRole('link', { name: 'Ask a wallet' }).click();
    await titled(page, 'Sign in to ask wallets');
    assert.equal(await page.locator('.brand').innerText(), 'Hope Street School');
    await accessible(page, 'sign in');
    await button(page, 'Sign in').click();
    await titled(page, 'Error: Sign in to ask wallets');
    await page.getByRole('link', { name: 'Type or paste the access key' }).click();
    assert.equal(await focused(page), 'field-key');
    await page.getByLabel('Access key').fill(accessKey.slice(1));
    await button(page, 'Sign in').click();
    await page.getByRole('link', { name: /This is not the access key/ }).waitFor();
    assert.equal(await page.getByLabel('Access key').getAttribute('aria-invalid'), 'true');
    await accessible(page, 'wrong key');
    assert.equal(await wide(page), 320);
    await page.getByLabel('Access key').fill(` ${accessKey}\n`);
    await button(page, 'Sign in').click();
    await titled(page, 'What do you need to know?');
    assert.equal(await focused(page), 'h1');
    await accessible(page, 'choose');
    assert.equal(await wide(page), 320);
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map(({ httpOnly, sameSite, expires }) => [httpOnly, sameSite, expires]), [[true, 'Lax', -1]]);
    assert.ok(!JSON.stringify(cookies).includes(accessKey) && !(await stored(page)).includes(accessKey));
    await page.reload();
    await titled(page, 'What do you need to know?');
    await button(page, 'Sign out').click();
    await titled(page, 'Sign in to ask wallets');
    await page.reload();
    await titled(page, 'Sign in to ask wallets');
    assert.deepEqual(requests.filter((url) => !url.startsWith(at)), []);
  },

  'a wallet shows what was asked for, and it is there to be read until somebody goes on': async (place) => {
    const page = await toDesk(place, { viewport: { width: 320, height: 640 } });
    const link = await ask(page, most);
    await accessible(page, 'waiting');
    assert.equal(await wide(page), 320);
    await page.getByText('It asks for: Family name, Given names, Date of birth, Address, Country. Nothing else.').waitFor();
    await page.getByText('Good for 5 more minutes.').waitFor();
    await showTo(link, place.holder, { ...everything, residence: { kind: true } });
    assert.deepEqual(await verdict(page), ['Valid', 'good']);
    assert.equal(await page.title(), 'Valid – Abode');
    assert.match(await page.locator('dl').innerText(), /STEVENSON[^]*PETER JOHN[^]*12 August 1974[^]*Yerevanyan 4\nԻջևան 4001[^]*Armenia[^]*https:\/\/register\.example/);
    await page.getByText('The wallet showed more than you asked for').waitFor();
    await page.getByText('Whoever scanned the code holds the key').waitFor();
    await accessible(page, 'valid');
    assert.equal(await wide(page), 320);
    assert.doesNotMatch(await stored(page), /STEVENSON|Yerevanyan/);
    const id = new URL(page.url()).hash.slice(1);
    assert.equal((await page.request.get(`${place.at}/desk/requests/${id}`)).status(), 200);
    await goOn(page);
    await page.getByText('Forgotten: nothing of it is left').waitFor();
    assert.equal((await page.request.get(`${place.at}/desk/requests/${id}`)).status(), 404);
    assert.equal(new URL(page.url()).hash, '');
    await page.goBack();
    assert.doesNotMatch(await page.locator('body').innerText(), /STEVENSON/);
  },

  'what cannot be relied on is said in its own words, and none of it is shown': async (place) => {
    const page = await toDesk(place);
    const outcome = async (wanted, answer, next) => {
      await answer(await ask(page));
      assert.deepEqual(await verdict(page), wanted);
      await page.getByText(next).waitFor();
      assert.equal(await page.locator('dl').count(), 0);
      await accessible(page, wanted[0]);
      await goOn(page);
    };
    const { holder, strangers } = place;
    await outcome(['Not shown by its holder', 'unsure'], (link) => showTo(link, holder, region, { nonce: 'another' }), 'Ask again, and let the holder scan the new code');
    await outcome(['Unknown issuer', 'bad'], (link) => showTo(link, strangers, region), 'tell whoever runs this desk');
    await outcome(['Not all was shown', 'unsure'], (link) => showTo(link, holder, { address: { country: true } }), 'Ask for less, or ask the holder why');
    await outcome(['Nothing was shown', 'unsure'], (link) => decline(link, 'access_denied'), 'says nothing against the person');
    await outcome(['Nothing was shown', 'unsure'], (link) => decline(link, 'invalid_request'), 'does not take this request');
    await outcome(['Nothing was shown', 'unsure'], (link) => decline(link, 'temporarily_unavailable'), 'could not answer just now');
    const lasting = await makeHolder(place.register, 2);
    await outcome(['Cannot be told yet', 'unsure'], (link) => showTo(link, lasting, region), 'Have whoever runs this desk fetch the list');
  },

  'what is over goes from the screen': async (place) => {
    const page = await toDesk(place);
    await ask(page);
    const forget = (id) => page.evaluate((one) => fetch(`/desk/requests/${one}`, { method: 'DELETE' }).then(({ status }) => status), id);
    assert.equal(await forget(new URL(page.url()).hash.slice(1)), 204);
    await page.getByText('That request is over').waitFor();
    await accessible(page, 'over');
    await page.clock.install();
    const link = await ask(page);
    await showTo(link, place.holder, region);
    await page.clock.runFor(2_500);
    await page.locator('.verdict').waitFor();
    await page.clock.runFor(100); // what follows a drawing
    assert.deepEqual(await verdict(page), ['Valid', 'good']);
    await page.clock.runFor(4 * 60_000);
    assert.equal(await page.locator('dl').count(), 1);
    await page.clock.runFor(60_000);
    await page.getByText('It is gone from this screen').waitFor();
    assert.equal(await page.locator('dl').count(), 0);
    await button(page, 'Show a QR code').click();
    await titled(page, least);
    await page.evaluate(() => fetch('/desk/session', { method: 'DELETE' }));
    await page.clock.runFor(2_500);
    await page.getByText('You are signed out here').waitFor();
  },

  'a lost connection is said, and waited for': async (place) => {
    const page = await toDesk(place, { serviceWorkers: 'allow' });
    const link = await ask(page);
    await page.context().setOffline(true);
    await page.getByRole('status').filter({ hasText: 'There is no connection to the desk' }).waitFor();
    await page.context().setOffline(false);
    await showTo(link, place.holder, region);
    assert.deepEqual(await verdict(page), ['Valid', 'good']);
    await page.context().setOffline(true);
    await goOn(page);
    await page.getByText('It is gone from this screen').waitFor();
    await button(page, 'Show a QR code').click();
    await page.getByRole('alert').filter({ hasText: 'There is no connection to the desk' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).filter(({ url }) => url.includes('messages-')).length >= 3) return true;
      return false;
    });
    await page.reload();
    await page.getByText('works without a connection').waitFor();
    await accessible(page, 'offline');
    await page.context().setOffline(false);
    await button(page, 'Try again').click();
    await titled(page, 'What do you need to know?');
  },

  'a request is found again after a reload, by who asked alone': async (place) => {
    const page = await toDesk(place);
    const link = await ask(page);
    const address = page.url();
    await page.reload();
    await titled(page, least);
    assert.equal(await linkOn(page), link);
    await page.goBack();
    await titled(page, 'What do you need to know?');
    await page.goForward();
    await titled(page, least);
    const other = await place.open();
    await other.goto(address);
    await titled(other, 'Sign in to ask wallets');
    await other.getByLabel('Access key').fill(place.accessKey);
    await button(other, 'Sign in').click();
    await other.getByText('That request is over').waitFor();
    await button(page, 'Take it back, and ask something else').click();
    await page.getByText('Forgotten').waitFor();
    await assert.rejects(showTo(link, place.holder, region));
  },

  'the language changes in place, and the keyboard is enough': async (place) => {
    const page = await place.open({ colorScheme: 'dark' });
    await page.goto(`${place.at}/app/desk.html`);
    await titled(page, 'Sign in to ask wallets');
    await page.getByLabel('Access key').focus();
    await page.keyboard.type(place.accessKey);
    await page.locator('#language').selectOption('ru');
    await page.waitForFunction(() => document.documentElement.lang === 'ru' && document.querySelector('.skip').textContent !== 'Skip to the content');
    assert.equal(await page.locator('#field-key').inputValue(), place.accessKey);
    await page.locator('#language').selectOption('en');
    await page.locator('#field-key').focus();
    await page.keyboard.press('Enter');
    await titled(page, 'What do you need to know?');
    const reach = async (id) => {
      for (let i = 0; i < 30 && (await focused(page)) !== id; ++i) await page.keyboard.press('Tab');
      assert.equal(await focused(page), id);
    };
    await reach('field-query');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await titled(page, 'The address');
    await accessible(page, 'dark, waiting');
    const link = await linkOn(page);
    await page.locator('#language').selectOption('hy');
    await page.waitForFunction(() => document.documentElement.lang === 'hy');
    assert.equal(await page.locator('.qr').count(), 1);
    await page.locator('#language').selectOption('en');
    await showTo(link, place.holder, { address: { formatted: true, country: true } });
    assert.deepEqual(await verdict(page), ['Valid', 'good']);
    await accessible(page, 'dark, valid');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Forgotten').waitFor();
  },

  'a page at another address than the desk’s own is told so': async ({ at, accessKey, open }) => {
    const outside = await door(at);
    const page = await open();
    await page.goto(`${outside.at}/app/desk.html`);
    await page.getByLabel('Access key').fill(accessKey);
    await button(page, 'Sign in').click();
    await page.getByText('it is open at another address').first().waitFor();
    outside.stop();
  },

  'it serves no app for residents, and the two pages lead to each other': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    for (const path of ['', 'index.html', 'home', 'worker.js', 'manifest.webmanifest', 'assets/gone.js']) assert.equal((await fetch(`${at}/app/${path}`)).status, 404, path);
    const answer = await page.goto(`${at}/app/scan.html`);
    assert.match(answer.headers()['permissions-policy'], /camera=\(self\)/);
    assert.equal(answer.headers()['content-encoding'], 'br');
    await page.getByRole('link', { name: 'Ask a wallet' }).click();
    await titled(page, 'Sign in to ask wallets');
    assert.match((await fetch(page.url())).headers.get('permissions-policy'), /camera=\(\)/);
    await page.getByRole('link', { name: 'Check a proof' }).click();
    await titled(page, 'Check a proof');
    await page.locator('nav [aria-current=page]', { hasText: 'Check a proof' }).waitFor();
    await accessible(page, 'scan');
    assert.equal(await wide(page), 320);
  },

  'proofs are checked by what the verifier trusts, with a connection and without, and nobody hears of it': async ({ at, open, holder, strangers, register, directory }) => {
    const values = [0, 1, 0];
    writeFileSync(join(directory, 'status', '3.jwt'), await makeList(register, values));
    while ((await (await fetch(`${at}/status.json`)).json()).lists.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    const outside = await door(at);
    const page = await open({ serviceWorkers: 'allow' });
    await toScan(page, outside.at, true);
    await page.getByText('Whose proofs are taken here').click();
    await page.getByText('Those that whoever runs this page has chosen').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).filter(({ url }) => url.includes('messages-')).length >= 2) return true;
      return false;
    });
    const good = await makeHolder(register, 0);
    const withdrawn = await makeHolder(register, 1);
    const check = async () => {
      const show = async (who) => paste(page, await who.show(everything, 'in-person', await question(page)));
      assert.equal(await show(holder), 'Valid');
      assert.match(await page.locator('.card dl').innerText(), /STEVENSON/);
      for (const [who, wanted] of [[good, 'Valid'], [withdrawn, 'Withdrawn'], [strangers, 'Unknown issuer']]) {
        await button(page, 'Check the next one').click();
        assert.equal(await show(who), wanted);
      }
    };
    const before = outside.seen.length;
    await check();
    assert.deepEqual(outside.seen.slice(before).map(({ line }) => line), []);
    assert.deepEqual(outside.seen.filter(({ headers, line }) => headers.cookie !== undefined || !line.startsWith('GET ')), []);
    await page.context().setOffline(true);
    await page.reload();
    await titled(page, 'Check a proof');
    await page.getByRole('link', { name: 'Ask a wallet' }).waitFor();
    await check();
    assert.equal(outside.seen.length, before);
    outside.stop();
  },

  'a browser that keeps pages for "back" does not keep what was shown': async (place) => {
    const browser = await chromium.launch({ executablePath: browser_path, args: ['--no-sandbox'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    try {
      const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' });
      const page = await toDesk({ ...place, open: () => context.newPage() });
      await page.evaluate(() => addEventListener('pageshow', (event) => event.persisted && document.body.setAttribute('data-kept', 'yes')));
      await showTo(await ask(page, most), place.holder, everything);
      assert.deepEqual(await verdict(page), ['Valid', 'good']);
      await page.goto(place.at);
      await context.clearCookies(); // somebody signed out there
      await page.evaluate(() => history.back()).catch(() => undefined);
      await titled(page, 'Sign in to ask wallets');
      assert.equal(await page.getAttribute('body', 'data-kept'), 'yes', 'the browser kept nothing, so this tells nothing');
      assert.ok(!/STEVENSON/.test(await page.content()));
    } finally {
      await browser.close();
    }
  },

  'who signs out without a connection is told that they are still in': async (place) => {
    const page = await toDesk(place);
    await page.context().setOffline(true);
    await button(page, 'Sign out').click();
    await page.getByText('You are still signed in.').waitFor();
    await accessible(page, 'still in');
    await page.context().setOffline(false);
    await button(page, 'Try again').click();
    await titled(page, 'Sign in to ask wallets');
    await page.reload();
    await titled(page, 'Sign in to ask wallets');
  },

  'who goes elsewhere has what was shown forgotten, here and at the desk': async (place) => {
    const page = await toDesk(place);
    await showTo(await ask(page, most), place.holder, everything);
    assert.deepEqual(await verdict(page), ['Valid', 'good']);
    const forgotten = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().includes('/desk/requests/'));
    await page.evaluate(() => { location.hash = ''; });
    await forgotten;
    await titled(page, 'What do you need to know?');
    assert.ok(!/STEVENSON/.test(await page.content()));
  },

  'of several lists of one address the newest counts, in whatever order they come': async ({ at, open, register, directory }) => {
    for (const age_s of [0, 60, 120, 180, 240, 300]) writeFileSync(join(directory, 'status', `${age_s}.jwt`), await makeList(register, [age_s === 0 ? 1 : 0], age_s));
    while ((await (await fetch(`${at}/status.json`)).json()).lists.length < 6) await new Promise((resolve) => setTimeout(resolve, 100));
    const page = await open();
    await toScan(page, at, true);
    const withdrawn = await makeHolder(register, 0);
    assert.equal(await paste(page, await withdrawn.show(region, 'in-person', await question(page))), 'Withdrawn');
  },

  'a list that is missing is fetched with all others, and a trust file that was changed is taken': async ({ at, open, register, directory }) => {
    const page = await open();
    await toScan(page, at, false);
    const lasting = await makeHolder(register, 0);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    assert.equal(await paste(page, await lasting.show(region, 'in-person', await question(page))), 'Cannot be told yet');
    await page.getByText('nobody learns which proof you look at').waitFor();
    assert.deepEqual(asked, []);
    await button(page, 'Get all lists now').click();
    await page.getByText('The list could not be had').waitFor();
    writeFileSync(join(directory, 'status', '3.jwt'), await makeList(register, [0]));
    while ((await (await fetch(`${at}/status.json`)).json()).lists.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    await button(page, 'Get all lists now').click();
    await page.locator('.verdict h2', { hasText: 'Valid' }).waitFor();
    assert.deepEqual(asked.slice(0, 2), ['/status.json', '/status.json']);
    writeFileSync(join(directory, 'trust.json'), '{"issuers":[]}');
    while ((await (await fetch(`${at}/trust.json`)).text()) !== '{"issuers":[]}') await new Promise((resolve) => setTimeout(resolve, 100));
    await page.reload();
    await page.waitForFunction(() => localStorage.getItem('abode.scan.trust').includes('[]'));
    assert.equal(await paste(page, await lasting.show(region, 'in-person', await question(page))), 'Unknown issuer');
  },
}, { around: (use) => withVerifier(abode, ({ address, ...more }) => use({ at: address, ...more }), ['--web', built]) });
