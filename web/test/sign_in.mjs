import assert from 'node:assert/strict';
import { accessible, enter, focused, program, run, titled } from './harness.mjs';

const start = 'Where you live, on your own word';

await run({
  'the start is accessible, and wrong input is said where it is': async ({ at, open }) => {
    const page = await open();
    await page.goto(`${at}/app/`);
    await titled(page, start);
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).waitFor();
    await accessible(page, 'start');
    await page.fill('#field-card', 'C000 0172 A');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('.summary').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'summary');
    assert.deepEqual(await page.locator('.summary li').allTextContents(), ['Type the code from your letter or your printed sheet']);
    assert.equal(await page.inputValue('#field-card'), 'C000 0172 A');
    await accessible(page, 'start with an error');
    await page.click('.summary a');
    assert.equal(await focused(page), 'field-code');
    await page.fill('#field-code', '7K2P-DXQ0-MVB');
    await page.keyboard.press('Enter');
    await page.getByText('Type all of them as they are printed').first().waitFor();
  },

  'a wrong code is refused by the register, and what was typed stays': async ({ at, open }) => {
    const page = await open();
    await page.goto(`${at}/app/`);
    await page.fill('#field-card', 'C0000172A');
    await page.fill('#field-code', '7K2P-DXQ0-MVB3');
    await page.keyboard.press('Enter');
    await page.getByText('This card number and this code do not let you in').waitFor();
    assert.equal(await page.inputValue('#field-code'), '7K2P-DXQ0-MVB3');
    await accessible(page, 'refused');
  },

  'a printed code lets somebody in, once': async ({ at, register, open }) => {
    const anna = await program(register);
    const { card } = await anna.get('/api/v1/me');
    const { sheet } = await anna.post('/api/v1/printed-codes', {});
    const page = await open();
    await page.goto(`${at}/app/`);
    await page.fill('#field-card', card);
    await page.fill('#field-code', sheet.codes[0]);
    await page.keyboard.press('Enter');
    await titled(page, 'Your residence');
    await accessible(page, 'home');
  },

  'a session that is over is asked for in place, and the page goes on': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.context().clearCookies();
    await page.reload();
    await titled(page, 'Sign in to go on');
    await accessible(page, 'gate');
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).click();
    await titled(page, 'Your residence');
    await page.getByText('You are not registered anywhere yet').waitFor();
    assert.equal(await focused(page), 'h1');
  },

  'leaving quickly leaves nothing on the device': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    assert.ok(await page.evaluate(() => localStorage.length > 0));
    await page.getByRole('button', { name: 'Leave quickly' }).click();
    await page.waitForURL('**/leave');
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await page.evaluate(() => document.body.textContent?.trim()), '');
    await page.goto(`${at}/app/home`);
    await titled(page, 'Sign in to go on');
  },
});
