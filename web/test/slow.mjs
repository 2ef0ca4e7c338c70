import assert from 'node:assert/strict';
import { enter, heldBack, isFiling, program, run, titled, toCheck } from './harness.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const registrations = async (register) => (await (await program(register)).get('/api/v1/registrations')).registrations;

/** 400 kbit/s, and 400 ms there and back. */
async function slowly(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400 });
}

await run({
  'the main job goes to its end, and nothing jumps under a finger': async ({ at, register, open }) => {
    const page = await open();
    await slowly(page);
    await page.addInitScript(() => {
      window.jumps = 0;
      new PerformanceObserver((list) => {
        for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) window.jumps += value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await enter(page, at);
    await toCheck(page, at);
    await press(page, 'Register this address');
    await titled(page, 'Done');
    await page.locator('.receipt').waitFor();
    for (const [path, title, there] of [['home', 'Your residence', '.place'], ['history', 'Your history', '.proving.good'], ['account', 'Signing in', '#field-address'], ['receipts/1', 'Receipt', '.receipt .mark']]) {
      await page.goto(`${at}/app/${path}`);
      await titled(page, title);
      await page.locator(there).first().waitFor().catch(async () => assert.fail(`${path}: ${await page.locator('main').innerText()}`));
      assert.ok((await page.evaluate(() => window.jumps)) < 0.05, `${path}: ${await page.evaluate(() => window.jumps)}`);
    }
    assert.equal((await registrations(register)).length, 1);
  },

  'what is on its way says so, and the foot comes when it is there': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    const { letGo } = await heldBack(page, '**/api/v1/inbox');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await titled(page, 'Inbox');
    await page.getByText('One moment: this is on its way.').waitFor();
    assert.ok(!(await page.locator('footer').isVisible()));
    letGo();
    await page.locator('footer').waitFor();
    assert.ok(!(await page.getByText('One moment: this is on its way.').isVisible()));
  },

  'a second press while the first is on its way sends nothing': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    const { sent, letGo } = await heldBack(page, '**/api/v1/registrations', isFiling);
    const button = page.getByRole('button', { name: 'Register this address' });
    await button.click();
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    await button.press('Enter');
    letGo();
    await titled(page, 'Done');
    assert.equal(sent.length, 1);
    assert.equal((await registrations(register)).length, 1);
  },

  'what takes too long waits, and the same request is sent again': async ({ at, register, open }) => {
    const page = await open();
    await page.clock.install();
    await enter(page, at);
    await toCheck(page, at);
    const { sent, letGo } = await heldBack(page, '**/api/v1/registrations', isFiling);
    await press(page, 'Register this address');
    await page.waitForFunction(() => document.querySelector('button.busy'));
    for (let tries = 0; tries < 20 && (await page.title()).startsWith('Is everything'); ++tries) {
      await page.clock.fastForward(21_000);
      await page.waitForTimeout(100);
    }
    await titled(page, 'Your registration waits to be sent');
    letGo();
    await press(page, 'Try now');
    await titled(page, 'Receipt');
    assert.ok(sent.length >= 2);
    assert.equal(new Set(sent).size, 1);
    assert.equal((await registrations(register)).length, 1);
  },

  'who goes on to another page is not brought back by a late answer': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    const { letGo } = await heldBack(page, '**/api/v1/inbox');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await titled(page, 'Inbox');
    await page.getByRole('link', { name: 'Codes', exact: true }).click();
    await titled(page, 'Opening codes');
    const answered = page.waitForResponse('**/api/v1/inbox');
    letGo();
    await answered;
    await page.waitForTimeout(200);
    await titled(page, 'Opening codes');
    assert.equal(await page.locator('h1').innerText(), 'Opening codes');
  },

  'a language that comes slowly takes nothing away meanwhile': async ({ at, open }) => {
    const page = await open();
    await page.goto(`${at}/app/`);
    await page.fill('#field-card', 'K7Q2');
    await slowly(page);
    await page.selectOption('#language', 'hy');
    assert.equal(await page.inputValue('#field-card'), 'K7Q2');
    assert.equal(await page.locator('h1').innerText(), 'Where you live, on your own word');
    await page.fill('#field-card', 'K7Q2-9');
    await page.waitForFunction(() => document.documentElement.lang === 'hy');
    await page.getByText('Մուտք քարտով').waitFor();
    assert.equal(await page.inputValue('#field-card'), 'K7Q2-9');
  },
});
