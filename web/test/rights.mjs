import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessible, berlin, enter, faults, program, run, titled } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const title = 'Your data and your rights';

async function toRights(page, at, path = 'rights', name = title) {
  await page.goto(`${at}/app/${path}`);
  await titled(page, name);
  await page.waitForFunction(() => !document.querySelector('.on-its-way'));
}

const problem = (type, status, more = {}) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ type: `urn:abode:problem:${type}`, title: 'x', status, detail: 'x', mode: 'test', ...more }) });

/** Keys of the requests to an address; the first answers are lost on their way. */
async function loseAnswers(page, address, count = 1) {
  const keys = [];
  await page.route(address, async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > count) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  return keys;
}

async function ask(page, wanted = 'Anna-Maria') {
  await page.getByLabel('Given names').check();
  await page.fill('#field-wanted', wanted);
  await page.fill('#field-reason', 'My passport has a hyphen');
  await button(page, 'Ask for the correction').click();
}

/** An office has opened Anna's record, and she has not read of it. */
async function openedOnce(register, anna) {
  const { opening_code } = await anna.post('/api/v1/opening-codes', { fields: ['family_name'], valid_minutes: 60 });
  const json = { 'Content-Type': 'application/json' };
  const staff = await (await fetch(`${register}/api/v1/staff/sessions`, { method: 'POST', headers: json, body: '{"test_staff":"clerk-school"}' })).json();
  const opening = { code: opening_code.code, purpose: 'school-enrolment', reference: 'S-2026/118', fields: ['family_name'] };
  const opened = await fetch(`${register}/api/v1/staff/openings`, { method: 'POST', headers: { ...json, Authorization: `Bearer ${staff.token}` }, body: JSON.stringify(opening) });
  assert.ok(opened.ok, await opened.text());
}

async function toErasure(page, at) {
  await toRights(page, at, 'rights/erasure', 'Have your record erased');
  await button(page, 'Erase my record').waitFor();
}

await run({
  'everything is exported as the file that the register gives': async ({ at, register, open }) => {
    const anna = await program(register);
    await anna.post('/api/v1/registrations', { kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    await page.getByRole('link', { name: 'Your data and your rights' }).click();
    await titled(page, title);
    await page.route('**/me/export', (route) => route.fulfill(problem('unavailable', 503)), { times: 1 });
    await button(page, 'Export everything').click();
    await page.locator('.summary li', { hasText: 'A part of the register does not work' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'summary');
    assert.equal(await page.getByText('The file is made').count(), 0);
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export everything').click()]);
    assert.equal(file.suggestedFilename(), 'abode-my-data.json');
    const copy = JSON.parse(readFileSync(await file.path(), 'utf8'));
    const theirs = await anna.get('/api/v1/me/export');
    assert.deepEqual(Object.keys(copy), Object.keys(theirs));
    assert.deepEqual([copy.registrations, copy.record.position], [theirs.registrations, theirs.record.position]);
    await page.getByText('The file is made: abode-my-data.json').waitFor();
    assert.equal(await page.locator('.summary').count(), 0);
    await accessible(page, 'exported');
    assert.equal(await page.locator('main a[href="/app/privacy"]').count(), 1);
  },

  'an export waits at the gate for who is not signed in any more': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await toRights(page, at);
    await page.context().clearCookies();
    await button(page, 'Export everything').click();
    await titled(page, 'Sign in to go on');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Anna Maria Eriksson' }).click()]);
    assert.equal(JSON.parse(readFileSync(await file.path(), 'utf8')).person.family_name, 'ERIKSSON');
  },

  'wrong input for a correction is said at each field, and stays': async ({ at, register, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await enter(page, at);
    await toRights(page, at);
    await page.getByText('Now: 12 August 1974').waitFor();
    const send = () => button(page, 'Ask for the correction').click();
    await send();
    await faults(page, [['Choose what is wrong', 'field'], ['Say what should stand there', 'wanted'], ['Say in a few words why', 'reason']]);
    await accessible(page, 'correction with errors');
    await page.getByLabel('Family name').check();
    await page.fill('#field-wanted', 'ж'.repeat(201));
    await page.fill('#field-reason', 'a\u202eb');
    await send();
    await faults(page, [['This is too long. Make it shorter: a line or two are enough.', 'wanted'], ['There is a character in this that cannot be seen. Type it anew.', 'reason']]);
    await page.fill('#field-reason', 'A slip of the office');
    await page.getByLabel('Date of birth').check();
    await send();
    await faults(page, [['Type your date of birth as it should be', 'birth']]);
    for (const [year, text] of [['1890', 'This day is too long ago to be meant. Check the year.'], ['2199', 'This day is still to come. Come back when it is there, or give an earlier one.']]) {
      await page.fill('#field-birth', '12');
      await page.fill('[name="birth.month"]', '8');
      await page.fill('[name="birth.year"]', year);
      await send();
      await faults(page, [[text, 'birth']]);
    }
    await page.fill('[name="birth.month"]', '13');
    await send();
    await faults(page, [['The calendar has no such day. Type day, month and year as numbers, such as 27 3 2026.', 'birth']]);
    assert.equal(await page.inputValue('#field-reason'), 'A slip of the office');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await page.fill('[name="birth.month"]', '8');
    await page.fill('[name="birth.year"]', '1975');
    await page.route('**/rectification-requests', (route) => route.fulfill(problem('invalid', 422, { field: 'wanted', detail: 'No such birth.' })), { times: 1 });
    await send();
    await faults(page, [['No such birth.', 'birth']]);
    await send();
    await titled(page, 'Done');
    const { rectification_requests: [request] } = await (await program(register)).get('/api/v1/me');
    assert.deepEqual([request.field, request.wanted, request.reason], ['birth_date', '1975-08-12', 'A slip of the office']);
  },

  'what is typed outlives reload, the back button and another language': async ({ at, open }) => {
    const page = await open({ viewport: { width: 1280, height: 800 } });
    await enter(page, at);
    await toRights(page, at);
    await page.getByLabel('Given names').check();
    await page.fill('#field-wanted', 'Anna-Maria');
    await page.reload();
    await titled(page, title);
    await page.locator('#field-wanted').waitFor();
    assert.equal(await page.inputValue('#field-wanted'), 'Anna-Maria');
    await page.getByRole('link', { name: 'See what that means' }).click();
    await titled(page, 'Have your record erased');
    await page.goBack();
    await titled(page, title);
    await button(page, 'Ask for the correction').click();
    await faults(page, [['Say in a few words why', 'reason']]);
    await page.selectOption('#language', 'ru');
    await page.waitForFunction(() => document.documentElement.lang === 'ru');
    assert.equal(await page.inputValue('#field-wanted'), 'Anna-Maria');
    assert.ok(await page.locator('input[value="given_names"]').isChecked());
  },

  'a correction is asked for once, shown, and withdrawn': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    await enter(page, at);
    await toRights(page, at);
    const keys = await loseAnswers(page, '**/rectification-requests');
    await ask(page);
    await titled(page, 'Done');
    assert.match(await page.locator('.receipt').innerText(), /A correction was asked for[^]*Anna-Maria[^]*My passport has a hyphen/);
    await accessible(page, 'receipt of a correction');
    assert.deepEqual([keys.length, keys[0]], [2, keys[1]]);
    assert.equal((await anna.get('/api/v1/me')).rectification_requests.length, 1);
    await toRights(page, at);
    assert.equal(await page.inputValue('#field-wanted'), '');
    await page.getByText('Nobody can decide on it yet').waitFor();
    await page.getByLabel('Family name').check();
    await page.fill('#field-reason', 'stays');
    await page.getByRole('button', { name: 'Withdraw it Anna-Maria' }).click();
    await titled(page, 'Done');
    await page.getByText('A request for a correction was withdrawn').waitFor();
    assert.equal((await anna.get('/api/v1/me')).rectification_requests.length, 0);
    await toRights(page, at);
    assert.equal(await page.inputValue('#field-reason'), 'stays');
  },

  'no sixth request is offered, and one that is gone is said to be': async ({ at, register, open }) => {
    const anna = await program(register);
    for (const n of [1, 2, 3, 4, 5]) await anna.post('/api/v1/rectification-requests', { field: 'given_names', wanted: `Anna ${n}`, reason: 'x' });
    const page = await open();
    await enter(page, at);
    await toRights(page, at);
    await page.getByText('You have five open requests').waitFor();
    await accessible(page, 'five requests');
    assert.equal(await page.locator('#field-reason').count(), 0);
    const { rectification_requests: [first] } = await anna.get('/api/v1/me');
    await anna.post(`/api/v1/rectification-requests/${first.entry}/withdraw`, {});
    await page.getByRole('button', { name: 'Withdraw it Anna 1' }).click();
    await page.locator('.summary li', { hasText: 'This request is not open any more' }).waitFor();
  },

  'an erasure waits until registrations are ended and notices read': async ({ at, register, open }) => {
    const anna = await program(register);
    await anna.post('/api/v1/registrations', { kind: 'main', address: berlin });
    await openedOnce(register, anna);
    const page = await open({ viewport: { width: 320, height: 640 } });
    await enter(page, at);
    await toRights(page, at);
    await page.getByRole('link', { name: 'See what that means' }).click();
    await titled(page, 'Have your record erased');
    await page.getByText('You are still registered').waitFor();
    await page.getByText('that you have not read').waitFor();
    await accessible(page, 'not yet to be erased');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.equal(await page.getByRole('button', { name: 'Erase my record' }).count(), 0);
    await page.getByRole('link', { name: 'End this registration' }).click();
    await titled(page, 'End a registration');
    await button(page, 'End this registration').click();
    await titled(page, 'Done');
    await toRights(page, at, 'rights/erasure', 'Have your record erased');
    await page.getByRole('link', { name: '1 notice' }).click();
    await titled(page, 'Inbox');
    await button(page, 'I have read all of it').click();
    await page.waitForFunction(() => !document.querySelector('.badge'));
    await toErasure(page, at);
  },

  'a record is to be erased after one is sure, and taken back': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    await enter(page, at);
    await toErasure(page, at);
    await accessible(page, 'erasure');
    await button(page, 'Erase my record').click();
    await faults(page, [['Say that you are sure, or keep your record', 'sure']]);
    await accessible(page, 'erasure with an error');
    assert.equal((await anna.get('/api/v1/me')).erasure, null);
    await page.getByLabel('Yes, I want my record erased').check();
    const keys = await loseAnswers(page, '**/api/v1/erasure', 3);
    await button(page, 'Erase my record').click();
    await page.locator('.summary li', { hasText: 'There is no connection to the register' }).waitFor();
    await button(page, 'Erase my record').click();
    await titled(page, 'Done');
    assert.match(await page.locator('.receipt').innerText(), /Will be erased/);
    await accessible(page, 'receipt of an erasure');
    assert.deepEqual([keys.length, new Set(keys).size], [4, 1]);
    const asked = async () => (await anna.get('/api/v1/history')).entries.filter(({ operation }) => operation === 'erasure').length;
    assert.equal(await asked(), 1);
    await page.goto(`${at}/app/home`);
    await page.getByText('Your record will be erased on').waitFor();
    await accessible(page, 'home before an erasure');
    await page.getByRole('link', { name: 'take that back' }).click();
    await titled(page, 'Have your record erased');
    await button(page, 'Take the erasure back').waitFor();
    await accessible(page, 'an erasure that was asked for');
    await toRights(page, at);
    await page.getByText('To change anything, take that back first').waitFor();
    await accessible(page, 'rights before an erasure');
    await page.goto(`${at}/app/rights/erasure`);
    await button(page, 'Take the erasure back').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Erase my record' }).count(), 0);
    const back = await loseAnswers(page, '**/api/v1/erasure/undo');
    await button(page, 'Take the erasure back').click();
    await titled(page, 'Done');
    assert.deepEqual([back.length, back[0]], [2, back[1]]);
    assert.equal((await anna.get('/api/v1/me')).erasure, null);
    await page.goto(`${at}/app/home`);
    await page.getByText('You are not registered anywhere yet').waitFor();
    assert.equal(await page.getByText('Your record will be erased').count(), 0);
  },

  'a stale sign-in is made fresh before a record is erased, and what is too late is said': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    await enter(page, at);
    await toErasure(page, at);
    await page.getByLabel('Yes, I want my record erased').check();
    const keys = [];
    await page.route('**/api/v1/erasure', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fulfill(problem('stale-sign-in', 403));
    });
    await button(page, 'Erase my record').click();
    await titled(page, 'Show once more that it is you');
    assert.equal((await anna.get('/api/v1/me')).erasure, null);
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).click();
    await titled(page, 'Done');
    assert.deepEqual([keys.length, keys[0]], [2, keys[1]]);
    await toRights(page, at);
    await page.route('**/api/v1/erasure/undo', (route) => route.fulfill(problem('too-late', 409)), { times: 1 });
    await button(page, 'Take the erasure back').click();
    await page.locator('.summary li', { hasText: 'The time to take this back is over' }).waitFor();
    assert.ok((await anna.get('/api/v1/me')).erasure);
  },

  'somebody else at the gate has nothing erased': async ({ at, register, open }) => {
    const [anna, peter] = [await program(register), await program(register, 'peter-stevenson')];
    const page = await open();
    await enter(page, at);
    await toErasure(page, at);
    await page.getByLabel('Yes, I want my record erased').check();
    await page.context().clearCookies();
    await button(page, 'Erase my record').click();
    await titled(page, 'Sign in to go on');
    await page.getByRole('button', { name: 'Peter John Stevenson' }).click();
    await page.getByText('You are not registered anywhere yet').waitFor();
    for (const one of [anna, peter]) assert.equal((await one.get('/api/v1/me')).erasure, null);
  },
});
