import assert from 'node:assert/strict';
import { accessible, berlin, enter, faults, focused, program, run, titled, typeDay } from './harness.mjs';

const forward = (page) => page.getByRole('button', { name: 'Go on' }).click();

/** The address step, filled in for Berlin. */
async function toDates(page, at, kind = 'Main residence') {
  await page.goto(`${at}/app/register`);
  await titled(page, 'Register where you live');
  await page.getByLabel(kind).check();
  await forward(page);
  await titled(page, 'What is the address?');
  await page.selectOption('#field-country', 'DE');
  await page.fill('#field-street', 'Sonnenallee');
  await page.fill('#field-house_number', '17b');
  await page.fill('#field-postal_code', '12047');
  await page.fill('#field-locality', 'Berlin');
  await forward(page);
  await titled(page, 'Since when?');
}

await run({
  'an address is registered by keyboard alone, and its receipt comes at once': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.getByRole('link', { name: 'Register where I live' }).focus();
    await press('Enter');
    await titled(page, 'Register where you live');
    assert.equal(await focused(page), 'h1');
    await press('Tab', 'Space', 'Enter');
    await titled(page, 'What is the address?');
    await press('Tab');
    assert.equal(await focused(page), 'field-country');
    await page.keyboard.type('Germany');
    for (const text of ['Sonnenallee', '17b', '', '12047', 'Berlin', 'Gulnora opa']) {
      await press('Tab');
      await page.keyboard.type(text);
    }
    await press('Enter');
    await titled(page, 'Since when?');
    await press('Enter');
    await page.waitForTimeout(100);
    await page.locator('#field-since').focus();
    await press('Enter');
    await titled(page, 'Is everything right?');
    await accessible(page, 'check');
    await page.getByRole('button', { name: 'Register this address' }).focus();
    await press('Enter');
    await titled(page, 'Done');
    await page.locator('.receipt').waitFor();
    await accessible(page, 'receipt');
    assert.match(await page.locator('.receipt').innerText(), /Sonnenallee 17b\s+12047 Berlin\s+Germany/);
    const { registrations } = await (await program(register)).get('/api/v1/registrations');
    assert.equal(registrations.length, 1);
    assert.deepEqual(registrations[0].address, { ...berlin, care_of: 'Gulnora opa' });
    const history = await (await program(register)).get('/api/v1/history');
    const filed = history.entries.find(({ operation }) => operation === 'file');
    assert.equal((await page.locator('.groups').innerText()).replace(/\s/g, ''), filed.commitment);
  },

  'wrong input is said at each field, and stays': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/register`);
    await titled(page, 'Register where you live');
    await forward(page);
    await faults(page, [['Choose what kind of residence it is', 'kind']]);
    await accessible(page, 'kind with an error');
    await page.getByLabel('Temporary residence').check();
    await forward(page);
    await titled(page, 'What is the address?');
    await accessible(page, 'address');
    await forward(page);
    await faults(page, [['Choose the country', 'country']]);
    await page.selectOption('#field-country', 'RU');
    await forward(page);
    await faults(page, [['Write the address: a street, or a town or village at least', 'region']]);
    await accessible(page, 'address with an error');
    await page.fill('#field-street', 'улица Арбат');
    await page.fill('#field-postal_code', 'x'.repeat(401));
    await forward(page);
    await faults(page, [['This is too long. Make it shorter, or spread it over several lines.', 'postal_code']]);
    assert.equal(await page.inputValue('#field-street'), 'улица Арбат');
    await page.fill('#field-postal_code', '119019');
    await page.getByRole('button', { name: 'My address does not fit' }).click();
    assert.equal(await page.inputValue('#field-lines'), 'улица Арбат\n119019');
    await page.fill('#field-lines', '');
    await forward(page);
    await faults(page, [['Write the address, one line at least', 'lines']]);
    await page.fill('#field-lines', 'a\n'.repeat(9));
    await forward(page);
    await faults(page, [['An address has eight lines at most. Join some of them.', 'lines']]);
    await page.fill('#field-lines', 'Общежитие, комната 5');
    await forward(page);
    await titled(page, 'Since when?');
    await accessible(page, 'dates');
    await typeDay(page, 'since', ['31', '2', '2026']);
    await forward(page);
    await faults(page, [['The calendar has no such day. Type day, month and year as numbers, such as 27 3 2026.', 'since']]);
    await accessible(page, 'dates with an error');
    await typeDay(page, 'since', ['1', '1', '2199']);
    await forward(page);
    await faults(page, [['This day is still to come. Come back when it is there, or give an earlier one.', 'since']]);
    await typeDay(page, 'since', ['1', '3', '2024']);
    await typeDay(page, 'until', ['1', '2', '2024']);
    await forward(page);
    await faults(page, [['You cannot stay until a day before your first one. Check the two dates.', 'until']]);
    await typeDay(page, 'until', ['', '', '']);
    await forward(page);
    await titled(page, 'Is everything right?');
    assert.match(await page.locator('dl.rows').innerText(), /Общежитие, комната 5/);
  },

  'what the register refuses is shown where it was typed': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toDates(page, at);
    await forward(page);
    await titled(page, 'Is everything right?');
    await (await program(register)).post('/api/v1/registrations', { kind: 'main', address: berlin });
    await page.getByRole('button', { name: 'Register this address' }).click();
    await faults(page, [['You have a main residence already, and there is one at a time. Tell us that you moved, or choose another kind.', 'kind']]);
    await page.getByLabel('Secondary residence').check();
    for (const title of ['What is the address?', 'Since when?', 'Is everything right?']) {
      await forward(page);
      await titled(page, title);
    }
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Done');
  },

  'another language keeps what was typed': async ({ at, open }) => {
    const page = await open({ viewport: { width: 1280, height: 800 } });
    await enter(page, at);
    await toDates(page, at);
    await typeDay(page, 'since', ['31', '2', '2026']);
    await forward(page);
    await page.locator('.summary').waitFor();
    const before = await page.locator('h1').textContent();
    await page.selectOption('#language', 'ru');
    await page.waitForFunction((words) => document.querySelector('h1')?.textContent !== words, before);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
    assert.equal(await page.inputValue('#field-since'), '31');
    assert.doesNotMatch(await page.locator('.summary').innerText(), /calendar/);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'ru');
    await page.waitForFunction(() => document.querySelector('#field-since')?.value === '31');
  },

  'a draft survives a reload, and a sign-out ends it': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await toDates(page, at);
    await page.reload();
    await titled(page, 'Since when?');
    await page.getByRole('link', { name: 'Back' }).click();
    await titled(page, 'What is the address?');
    assert.equal(await page.inputValue('#field-street'), 'Sonnenallee');
    await page.context().clearCookies();
    await enter(page, at, 'Peter John Stevenson').catch(async () => {
      await page.getByRole('button', { name: 'Peter John Stevenson' }).click();
      await titled(page, 'Your residence');
    });
    await page.goto(`${at}/app/register/address`);
    await titled(page, 'Register where you live');
    assert.equal(await page.locator('input:checked').count(), 0);
  },

  'the back button goes back a step': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await toDates(page, at);
    await page.goBack();
    await titled(page, 'What is the address?');
    assert.equal(await page.inputValue('#field-locality'), 'Berlin');
    await page.goForward();
    await titled(page, 'Since when?');
  },

  'nothing is cut off at 320 pixels': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await enter(page, at);
    const fits = async () => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, await page.title());
    await fits();
    await toDates(page, at, 'Temporary residence');
    await fits();
    await page.goBack();
    await titled(page, 'What is the address?');
    await fits();
    await page.goForward();
    await titled(page, 'Since when?');
    await forward(page);
    await titled(page, 'Is everything right?');
    await fits();
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Done');
    await page.locator('.receipt').waitFor();
    await fits();
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.receipt').isVisible());
    assert.ok(!(await page.locator('.tools').isVisible()));
  },
});
