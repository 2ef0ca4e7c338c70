// Two people and one device: nothing of the one is the other's, however late it comes.
import assert from 'node:assert/strict';
import { enter, heldBack, isFiling, program, run, titled, toCheck } from './harness.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const registrations = async (register, who) => (await (await program(register, who)).get('/api/v1/registrations')).registrations;
const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((name) => !/\.(?:language|profile|mode)$/.test(name)));

/** The browser believes to have no connection. */
const offLine = (page) => page.evaluate(() => Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false }));
const onLine = (page) => page.evaluate(() => dispatchEvent(new Event('online')));

/** Sends the registration in vain: it waits from then on. Only filing has no connection. */
async function putAside(page) {
  await page.route('**/api/v1/registrations', (route) => (isFiling(route.request()) ? route.abort('internetdisconnected') : route.continue()));
  await offLine(page);
  await press(page, 'Register this address');
  await titled(page, 'Your registration waits to be sent');
}

async function signOut(page) {
  await page.getByRole('link', { name: 'Signing in', exact: true }).click();
  await press(page, 'Sign out');
  await titled(page, 'Where you live, on your own word');
}

const asPeter = (page) => page.getByRole('button', { name: /Stevenson/i }).click();

await run({
  'a registration that fails after its sender signed out waits for nobody': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    await offLine(page);
    const { there, letGo } = await heldBack(page, '**/api/v1/registrations', isFiling);
    await press(page, 'Register this address');
    await there;
    await signOut(page);
    letGo('lost');
    await page.waitForTimeout(300);
    await titled(page, 'Where you live, on your own word');
    assert.deepEqual(await kept(page), []);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await asPeter(page);
    await titled(page, 'Your residence');
    await onLine(page);
    await page.waitForTimeout(500);
    assert.equal((await registrations(register, 'peter-stevenson')).length, 0);
  },

  'what waits is not sent for the one who is just signing in': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    await putAside(page);
    await page.evaluate(() => fetch('/api/v1/sessions', { method: 'DELETE' }));
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto(`${at}/app/inbox`);
    await page.getByRole('button', { name: /Stevenson/i }).waitFor();
    const { there, letGo } = await heldBack(page, '**/api/v1/me');
    await asPeter(page);
    await there;
    await onLine(page);
    await page.waitForTimeout(500);
    assert.equal((await registrations(register, 'peter-stevenson')).length, 0);
    letGo('sent');
    await titled(page, 'Your residence');
    await onLine(page);
    await page.waitForTimeout(500);
    assert.equal((await registrations(register, 'peter-stevenson')).length, 0);
    assert.ok(!(await kept(page)).some((name) => name.includes('outbox')));
  },

  'who cannot be asked for who they are is not taken as signed in': async ({ at, open }) => {
    const page = await open();
    await page.goto(`${at}/app/`);
    await page.route('**/api/v1/me', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"type":"urn:abode:problem:unavailable","title":"x","status":503,"detail":"x"}' }));
    await asPeter(page);
    await page.locator('.summary').waitFor();
    assert.deepEqual(await kept(page), []);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await asPeter(page);
    await titled(page, 'Your residence');
  },

  'what came through before it was taken back is not filed twice': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at, 'Secondary residence');
    await offLine(page);
    await page.route('**/api/v1/registrations', async (route) => {
      if (!isFiling(route.request())) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await press(page, 'Register this address');
    await titled(page, 'Your registration waits to be sent');
    await press(page, 'Do not send it; let me look at it again');
    await titled(page, 'Is everything right?');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    await titled(page, 'Is everything right?');
    await press(page, 'Register this address');
    await titled(page, 'Done');
    assert.equal((await registrations(register)).length, 1);
  },

  'the outcome of one registration is not taken for that of the next': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    await putAside(page);
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await titled(page, 'Your residence');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await onLine(page);
    while ((await registrations(register)).length === 0) await page.waitForTimeout(100);
    await page.getByRole('link', { name: /^Register (?:where I live|one more address)$/ }).click();
    await titled(page, 'Register where you live');
    await page.getByRole('radio', { name: 'Secondary residence' }).check();
    await press(page, 'Go on');
    await titled(page, 'What is the address?');
    await page.selectOption('#field-country', 'AM');
    await page.fill('#field-street', 'Աբովյան');
    await press(page, 'Go on');
    await titled(page, 'Since when?');
    await press(page, 'Go on');
    await titled(page, 'Is everything right?');
    await putAside(page);
    await page.waitForTimeout(300);
    await titled(page, 'Your registration waits to be sent');
    assert.equal((await registrations(register)).length, 1);
  },

  'answers that come after signing out leave nothing on the device': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    const children = await heldBack(page, '**/api/v1/children');
    await page.reload();
    await children.there;
    await signOut(page);
    children.letGo('sent');
    await page.waitForTimeout(300);
    assert.deepEqual(await kept(page), []);
    await page.unrouteAll({ behavior: 'ignoreErrors' });

    await page.getByRole('button', { name: /Eriksson \(passport/i }).click();
    await titled(page, 'Your residence');
    await page.goto(`${at}/app/rights`);
    const copy = await heldBack(page, '**/api/v1/me/export');
    const saved = [];
    page.on('download', (download) => saved.push(download.suggestedFilename()));
    await press(page, 'Export everything');
    await copy.there;
    await signOut(page);
    copy.letGo('sent');
    await page.waitForTimeout(500);
    assert.deepEqual(saved, []);
  },
});
