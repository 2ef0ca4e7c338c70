import assert from 'node:assert/strict';
import { accessible, berlin, enter, faults, focused, program, run, titled, typeDay } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const forward = (page) => button(page, 'Go on').click();
const yerevan = { country: 'AM', lines: ['Աբովյան փողոց 12', 'Երևան'] };

/** A guardian as a program, and the child that they file for. */
async function guardian(register, id) {
  const client = await program(register, id);
  const { children: [child] } = await client.get('/api/v1/children');
  const path = (rest = '') => `/api/v1/children/${child.id}${rest}`;
  return {
    ...client, child: child.id,
    file: async (wish) => (await client.post(path('/registrations'), wish)).registration.id,
    registrations: async () => (await client.get(path('/registrations'))).registrations,
    entries: async () => (await client.get(path('/history'))).entries,
  };
}

/** The page says on top whom it is for. */
async function forEmma(page) {
  assert.equal(await page.locator('.whom').innerText(), 'For EMMA');
  assert.ok(await page.locator('.whom').isVisible());
}

async function typeBerlin(page) {
  await page.selectOption('#field-country', 'DE');
  await page.fill('#field-street', 'Sonnenallee');
  await page.fill('#field-house_number', '17b');
  await page.fill('#field-postal_code', '12047');
  await page.fill('#field-locality', 'Berlin');
}

/** Through the steps for a child, up to the last look. */
async function toCheck(page, at, child, kind = 'Main residence') {
  await page.goto(`${at}/app/children/${child}/register`);
  await titled(page, 'Register where EMMA lives');
  await page.getByLabel(kind).check();
  await forward(page);
  await titled(page, 'Where does EMMA live?');
  await typeBerlin(page);
  await forward(page);
  await titled(page, 'Since when does EMMA live there?');
  await forward(page);
  await titled(page, 'Is everything right for EMMA?');
}

await run({
  'a child is registered as one is oneself, by name and with a receipt': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const page = await open();
    await enter(page, at);
    await page.locator('.child', { hasText: 'You have registered no address for EMMA yet.' }).waitFor();
    await page.getByRole('link', { name: 'Register where EMMA lives' }).click();
    await titled(page, 'Register where EMMA lives');
    assert.equal(await focused(page), 'h1');
    await forEmma(page);
    await page.getByLabel('Main residence').check();
    await forward(page);
    await titled(page, 'Where does EMMA live?');
    await forEmma(page);
    await typeBerlin(page);
    await accessible(page, 'address of a child');
    await forward(page);
    await titled(page, 'Since when does EMMA live there?');
    await forEmma(page);
    await typeDay(page, 'since', ['1', '3', '2024']);
    await forward(page);
    await titled(page, 'Is everything right for EMMA?');
    await forEmma(page);
    await accessible(page, 'check of a child');
    await button(page, 'Register this address').click();
    await titled(page, 'Done for EMMA');
    await forEmma(page);
    await page.locator('.mark.proven').waitFor();
    await accessible(page, 'receipt of a child');
    const [filed] = await anna.registrations();
    assert.deepEqual([filed.address, filed.since], [berlin, '2024-03-01']);
    const [entry] = await anna.entries();
    assert.equal((await page.locator('.groups').innerText()).replace(/\s/g, ''), entry.commitment);
    assert.match(await page.locator('.receipt').innerText(), /Name\s+EMMA[^]*You, as a guardian/);
    assert.equal((await anna.get('/api/v1/registrations')).registrations.length, 0);
    await page.getByRole('link', { name: 'To the page of EMMA' }).click();
    await titled(page, 'EMMA');
    await page.getByRole('link', { name: 'Your acts for EMMA' }).click();
    await titled(page, 'Your acts for EMMA');
    await page.getByText('An address was registered').waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Receipt' }).click();
    await titled(page, 'Receipt for EMMA');
    await page.goto(`${at}/app/home`);
    await page.locator('.child .lives', { hasText: 'Sonnenallee 17b' }).waitFor();
  },

  'wrong input is said at each field, in words about the child, and stays': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const page = await open({ viewport: { width: 320, height: 640 } });
    await enter(page, at);
    await page.goto(`${at}/app/children/${anna.child}/register`);
    await titled(page, 'Register where EMMA lives');
    await forward(page);
    await faults(page, [['Choose what kind of residence it is', 'kind']]);
    await page.getByLabel('Temporary residence').check();
    await forward(page);
    await titled(page, 'Where does EMMA live?');
    await forward(page);
    await faults(page, [['Choose the country', 'country']]);
    await page.selectOption('#field-country', 'DE');
    await forward(page);
    await faults(page, [['Write the address: a street, or a town or village at least', 'street']]);
    await page.fill('#field-street', 'Sonnenallee');
    await page.fill('#field-postal_code', 'x'.repeat(401));
    await forward(page);
    await faults(page, [['This is too long. Make it shorter, or spread it over several lines.', 'postal_code']]);
    assert.equal(await page.inputValue('#field-street'), 'Sonnenallee');
    await page.fill('#field-postal_code', '12047');
    await forward(page);
    await titled(page, 'Since when does EMMA live there?');
    await typeDay(page, 'since', ['31', '2', '2026']);
    await forward(page);
    await faults(page, [['The calendar has no such day. Type day, month and year as numbers, such as 27 3 2026.', 'since']]);
    await typeDay(page, 'since', ['1', '3', '2024']);
    await typeDay(page, 'until', ['1', '2', '2024']);
    await forward(page);
    await faults(page, [['The stay cannot last until a day before its first one. Check the two dates.', 'until']]);
    await accessible(page, 'dates of a child with an error');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  },

  'another guardian’s main residence is heard of, and not shown': async ({ at, register, open }) => {
    const [anna, peter] = [await guardian(register), await guardian(register, 'peter-stevenson')];
    await peter.file({ kind: 'main', address: yerevan });
    const page = await open();
    await enter(page, at);
    await toCheck(page, at, anna.child);
    await button(page, 'Register this address').click();
    await faults(page, [['EMMA has a main residence already, and there is one at a time. If it was you who registered it, say that EMMA has moved; else choose another kind.', 'kind']]);
    assert.doesNotMatch(await page.locator('main').innerText(), /Աբովյան|tell us that you moved/);
    await page.getByLabel('Secondary residence').check();
    for (const title of ['Where does EMMA live?', 'Since when does EMMA live there?', 'Is everything right for EMMA?']) {
      await forward(page);
      await titled(page, title);
    }
    await button(page, 'Register this address').click();
    await titled(page, 'Done for EMMA');
    assert.equal((await anna.registrations())[0].kind, 'secondary');
    await page.goto(`${at}/app/children/${peter.child}/history`);
    await page.getByText('You do not file for this child, or do not any more.').waitFor();
  },

  'moved, taken back, corrected, confirmed, renewed, made the main one, ended': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const [main, stay] = [await anna.file({ kind: 'main', address: berlin, since: '2024-03-01' }), await anna.file({ kind: 'temporary', address: yerevan, until: '2027-01-31' })];
    const now = async (id) => (await anna.registrations()).find((one) => one.id === id);
    const page = await open();
    await enter(page, at);
    const to = async (path, title) => {
      await page.goto(`${at}/app/children/${anna.child}/registrations/${path}`);
      await titled(page, title);
      await forEmma(page);
    };
    await to(main, 'A registration of EMMA');
    await page.getByRole('link', { name: 'EMMA has moved' }).click();
    await titled(page, 'EMMA has moved');
    await button(page, 'Register the move').click();
    await faults(page, [['Choose the country', 'country']]);
    await page.selectOption('#field-country', 'UZ');
    await page.fill('#field-locality', 'Toshkent');
    await page.fill('[name="since.year"]', '1999');
    await button(page, 'Register the move').click();
    await faults(page, [['EMMA cannot have moved out before moving in. Check the day, or correct the first day of the old registration.', 'since']]);
    await page.fill('[name="since.year"]', String(new Date().getFullYear()));
    await button(page, 'Register the move').click();
    await titled(page, 'Done for EMMA');
    const moved = (await anna.registrations()).find(({ address, ended }) => address.country === 'UZ' && !ended);
    await to(moved.id, 'A registration of EMMA');
    await button(page, 'Take the last change back').click();
    await titled(page, 'Done for EMMA');
    assert.equal((await now(main)).ended, null);
    await to(`${stay}/correct`, 'Correct a registration of EMMA');
    await button(page, 'Save the correction').click();
    await page.getByText('This is what is registered already').first().waitFor();
    await page.fill('#field-lines', 'Աբովյան փողոց 14');
    await button(page, 'Save the correction').click();
    await titled(page, 'Done for EMMA');
    assert.deepEqual((await now(stay)).address.lines, ['Աբովյան փողոց 14']);
    await to(stay, 'A registration of EMMA');
    await button(page, 'It is still right').click();
    await titled(page, 'Done for EMMA');
    assert.ok((await now(stay)).confirmed_at);
    await to(`${stay}/renew`, 'EMMA stays on');
    await typeDay(page, 'until', ['1', '2', '2020']);
    await button(page, 'Renew this registration').click();
    await faults(page, [['This day is over. Give a later one or none; if EMMA has left, end it or say that EMMA has moved.', 'until']]);
    await page.fill('[name="until.year"]', '2028');
    await button(page, 'Renew this registration').click();
    await titled(page, 'Done for EMMA');
    assert.equal((await now(stay)).until, '2028-02-01');
    await to(`${stay}/make-main`, 'Make it the main residence of EMMA');
    await page.getByText('What becomes of it?').waitFor();
    await button(page, 'Make it the main residence').click();
    await faults(page, [['Say what becomes of the main residence so far', 'former_main']]);
    await page.getByLabel('It becomes a secondary residence').check();
    await button(page, 'Make it the main residence').click();
    await titled(page, 'Done for EMMA');
    assert.deepEqual([(await now(stay)).kind, (await now(main)).kind], ['main', 'secondary']);
    await to(`${main}/end`, 'End a registration of EMMA');
    await page.fill('[name="on.year"]', '2001');
    await button(page, 'End this registration').click();
    await faults(page, [['The last day is before the first one. Check the date, or correct the first day.', 'on']]);
    await page.fill('[name="on.year"]', String(new Date().getFullYear()));
    await button(page, 'End this registration').click();
    await titled(page, 'Done for EMMA');
    assert.ok((await now(main)).ended);
  },

  'a letter is asked for and taken back, and a refusal noted': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const main = await anna.file({ kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/children/${anna.child}/registrations/${main}/letter`);
    await button(page, 'Ask for a letter').click();
    await page.getByText('It is not printed yet').waitFor();
    await button(page, 'Take the letter back').click();
    await button(page, 'Ask for a letter').waitFor();
    await page.goto(`${at}/app/children/${anna.child}/registrations/${main}/landlord`);
    await button(page, 'Note it').click();
    await titled(page, 'Receipt for EMMA');
    await page.getByText('the landlord refuses to confirm that EMMA lives there').waitFor();
    assert.deepEqual((await anna.entries()).map(({ operation }) => operation), ['landlord-refused', 'withdraw-letter-request', 'letter-request', 'file']);
  },

  'a school opens what a guardian filed, by a code from the child’s page; another is taken back': async ({ at, register, open }) => {
    const anna = await guardian(register);
    await anna.file({ kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/children/${anna.child}`);
    await page.getByRole('link', { name: 'Let an office see something about EMMA' }).click();
    await titled(page, 'Opening codes for EMMA');
    await forEmma(page);
    await button(page, 'Make the code').click();
    await faults(page, [['Choose what the official may see', 'fields']]);
    for (const count of [1, 2]) {
      await page.getByLabel('Address', { exact: true }).check();
      await button(page, 'Make the code').click();
      await page.waitForFunction((wanted) => document.querySelectorAll('.big-code').length === wanted, count);
    }
    await accessible(page, 'codes for a child');
    await page.getByRole('button', { name: 'Take it back' }).first().click();
    await page.getByText('The code was taken back').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.big-code').length === 1);
    const code = await page.locator('.big-code').innerText();
    const json = { 'Content-Type': 'application/json' };
    const staff = await (await fetch(`${register}/api/v1/staff/sessions`, { method: 'POST', headers: json, body: '{"test_staff":"clerk-school"}' })).json();
    const opening = { code, purpose: 'school-enrolment', reference: 'S-2026/118', fields: ['main_address'] };
    const opened = await fetch(`${register}/api/v1/staff/openings`, { method: 'POST', headers: { ...json, Authorization: `Bearer ${staff.token}` }, body: JSON.stringify(opening) });
    assert.match(await opened.text(), /Sonnenallee 17b/);
    await page.reload();
    await page.locator('summary', { hasText: 'Codes that open nothing any more' }).click();
    await page.getByRole('link', { name: 'Receipt' }).first().click();
    await titled(page, 'Receipt for EMMA');
    await page.getByText('An opening code was made').waitFor();
    assert.equal((await anna.get('/api/v1/opening-codes')).opening_codes.length, 0);
  },

  'a child moves along on the receipt of one’s own move, once, even if the answer is lost': async ({ at, register, open }) => {
    const anna = await guardian(register);
    await anna.post('/api/v1/registrations', { kind: 'main', address: berlin });
    await anna.file({ kind: 'main', address: berlin });
    const [own] = (await anna.get('/api/v1/registrations')).registrations;
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${own.id}/move`);
    await page.selectOption('#field-country', 'AM');
    await page.fill('#field-street', 'Աբովյան փողոց');
    await button(page, 'Register the move').click();
    await titled(page, 'Done');
    const keys = [];
    await page.route('**/move-along', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await button(page, 'EMMA moved with me').click();
    await page.getByText('EMMA is registered at your new address').waitFor();
    await accessible(page, 'moved along');
    assert.equal(await page.getByRole('button', { name: 'EMMA moved with me' }).count(), 0);
    assert.deepEqual([keys.length, keys[0]], [2, keys[1]]);
    const active = (await anna.registrations()).filter(({ ended }) => !ended);
    assert.deepEqual(active.map(({ address }) => address.street), ['Աբովյան փողոց']);
    assert.equal((await anna.entries()).filter(({ operation }) => operation === 'move').length, 1);
    await page.getByRole('link', { name: 'This is the receipt' }).click();
    await titled(page, 'Receipt for EMMA');
    await page.goBack();
    await titled(page, 'Done');
    await page.getByText('Who moved with you?').waitFor();
    assert.equal(await page.getByRole('button', { name: 'EMMA moved with me' }).count(), 0);
  },

  'a child who lives elsewhere moves to the guardian from its own page': async ({ at, register, open }) => {
    const anna = await guardian(register);
    await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2024-03-01' });
    const main = await anna.file({ kind: 'main', address: yerevan, since: '2025-01-01' });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/children/${anna.child}/registrations/${main}/move`);
    await page.getByText('Does EMMA live with you now?').waitFor();
    await button(page, 'EMMA moved with me').click();
    await page.locator('.summary li', { hasText: 'EMMA cannot have moved out before moving in' }).waitFor();
    assert.equal((await anna.registrations()).length, 1);
    const [own] = (await anna.get('/api/v1/registrations')).registrations;
    await anna.post(`/api/v1/registrations/${own.id}/correct`, { address: berlin, since: '2025-06-01' });
    await page.reload();
    await button(page, 'EMMA moved with me').click();
    await titled(page, 'Done for EMMA');
    assert.deepEqual((await anna.registrations()).find(({ ended }) => !ended).address, berlin);
  },

  'drafts are apart, and outlive reload, the back button and another language': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const page = await open({ viewport: { width: 1280, height: 800 } });
    await enter(page, at);
    await page.goto(`${at}/app/register`);
    await titled(page, 'Register where you live');
    await page.getByLabel('Secondary residence').check();
    await forward(page);
    await titled(page, 'What is the address?');
    await page.selectOption('#field-country', 'DE');
    await page.fill('#field-street', 'Annas Weg');
    await page.goto(`${at}/app/children/${anna.child}/register/address`);
    await titled(page, 'Register where EMMA lives');
    assert.equal(await page.locator('input:checked').count(), 0);
    await page.getByLabel('Temporary residence').check();
    await forward(page);
    await titled(page, 'Where does EMMA live?');
    assert.equal(await page.inputValue('#field-country'), '');
    await page.selectOption('#field-country', 'DE');
    await page.fill('#field-street', 'Emmas Gasse');
    await page.reload();
    await titled(page, 'Where does EMMA live?');
    assert.equal(await page.inputValue('#field-street'), 'Emmas Gasse');
    await forward(page);
    await titled(page, 'Since when does EMMA live there?');
    await page.goBack();
    await titled(page, 'Where does EMMA live?');
    await page.goForward();
    await titled(page, 'Since when does EMMA live there?');
    await typeDay(page, 'until', ['31', '2', '2027']);
    await forward(page);
    await page.locator('.summary').waitFor();
    await page.selectOption('#language', 'ru');
    await page.waitForFunction(() => document.documentElement.lang === 'ru');
    assert.equal(await page.inputValue('#field-until'), '31');
    assert.match(await page.locator('.whom').innerText(), /EMMA/);
    await page.selectOption('#language', 'en');
    await page.goto(`${at}/app/register/address`);
    await titled(page, 'What is the address?');
    assert.equal(await page.inputValue('#field-street'), 'Annas Weg');
  },

  'two registrations that were made offline wait apart, and each is sent once': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/register`);
    await page.getByLabel('Main residence').check();
    await forward(page);
    await titled(page, 'What is the address?');
    await page.selectOption('#field-country', 'DE');
    await page.fill('#field-street', 'Annas Weg');
    await forward(page);
    await titled(page, 'Since when?');
    await forward(page);
    await titled(page, 'Is everything right?');
    const keys = new Set();
    page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/registrations') && keys.add(request.headers()['idempotency-key']));
    await page.route('**/registrations', (route) => (route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue()));
    await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false }));
    await button(page, 'Register this address').click();
    await titled(page, 'Your registration waits to be sent');
    await toCheck(page, at, anna.child);
    await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false }));
    await button(page, 'Register this address').click();
    await titled(page, 'The registration of EMMA waits to be sent');
    await forEmma(page);
    await accessible(page, 'a child’s registration waits');
    await page.goto(`${at}/app/home`);
    await page.getByText('A registration of yours waits on this device').waitFor();
    await page.getByText('A registration for EMMA waits on this device').waitFor();
    await page.goto(`${at}/app/children/${anna.child}/register`);
    await titled(page, 'The registration of EMMA waits to be sent');
    await page.unroute('**/registrations');
    await button(page, 'Try now').click();
    await titled(page, 'Receipt for EMMA');
    assert.deepEqual((await anna.registrations()).map(({ address }) => address.street), ['Sonnenallee']);
    assert.deepEqual((await anna.get('/api/v1/registrations')).registrations.map(({ address }) => address.street), ['Annas Weg']);
    assert.equal(keys.size, 2);
  },

  'a child’s registration that the register refuses later comes back to its field': async ({ at, register, open }) => {
    const [anna, peter] = [await guardian(register), await guardian(register, 'peter-stevenson')];
    const page = await open();
    await enter(page, at);
    await toCheck(page, at, anna.child);
    await page.context().setOffline(true);
    await button(page, 'Register this address').click();
    await titled(page, 'The registration of EMMA waits to be sent');
    await peter.file({ kind: 'main', address: yerevan });
    await page.context().setOffline(false);
    await page.locator('.summary li', { hasText: 'EMMA has a main residence already' }).waitFor();
    await forEmma(page);
    assert.ok(await page.getByLabel('Main residence').isChecked());
  },

  'somebody else at the gate files for no child of the first person, and sign-out forgets the names': async ({ at, register, open }) => {
    const anna = await guardian(register);
    const page = await open();
    await enter(page, at);
    await toCheck(page, at, anna.child);
    await page.context().clearCookies();
    await button(page, 'Register this address').click();
    await titled(page, 'Sign in to go on');
    await page.getByRole('button', { name: 'Peter John Stevenson' }).click();
    await page.getByText('You are not registered anywhere yet').waitFor();
    assert.equal((await anna.registrations()).length, 0);
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('Sonnenallee')), false);
    await page.goto(`${at}/app/account`);
    await button(page, 'Sign out').click();
    await titled(page, 'Where you live, on your own word');
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes('EMMA')), false);
  },
});
