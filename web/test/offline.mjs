import assert from 'node:assert/strict';
import { accessible, enter, program, run, titled } from './harness.mjs';

async function toCheck(page, at) {
  await page.goto(`${at}/app/register`);
  await titled(page, 'Register where you live');
  await page.getByLabel('Main residence').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await titled(page, 'What is the address?');
  await page.selectOption('#field-country', 'DE');
  await page.fill('#field-street', 'Sonnenallee');
  await page.getByRole('button', { name: 'Go on' }).click();
  await titled(page, 'Since when?');
  await page.getByRole('button', { name: 'Go on' }).click();
  await titled(page, 'Is everything right?');
}

const registrations = async (register) => (await (await program(register)).get('/api/v1/registrations')).registrations;

await run({
  'a registration made offline is sent once, later': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    const keys = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/registrations')) keys.push(request.headers()['idempotency-key']);
    });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Your registration waits to be sent');
    await accessible(page, 'waiting');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('There is still no connection').waitFor();
    assert.equal((await registrations(register)).length, 0);
    await page.context().setOffline(false);
    await titled(page, 'Receipt');
    await page.getByText('First tried to send').waitFor();
    assert.equal((await registrations(register)).length, 1);
    assert.equal(new Set(keys).size, 1);
    await page.reload();
    await titled(page, 'Receipt');
    await page.goto(`${at}/app/register`);
    await titled(page, 'Register where you live');
  },

  'an answer that was lost does not register twice': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    let lost = 0;
    await page.route('**/api/v1/registrations', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Done');
    assert.equal(lost, 2);
    assert.equal((await registrations(register)).length, 1);
  },

  'what waits outlives the page, and opens without a connection': async ({ at, register, open }) => {
    const page = await open({ serviceWorkers: 'allow' });
    await enter(page, at);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await titled(page, 'Your residence');
    await toCheck(page, at);
    await page.waitForFunction(async () => {
      for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).some(({ url }) => url.includes('messages-'))) return true;
      return false;
    });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Your registration waits to be sent');
    await page.reload();
    await titled(page, 'Your registration waits to be sent');
    const stored = await page.evaluate(async () => {
      const urls = [];
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
      return urls;
    });
    assert.deepEqual(stored.filter((path) => !path.startsWith('/app/')), []);
    await page.context().setOffline(false);
    await titled(page, 'Receipt');
    assert.equal((await registrations(register)).length, 1);
  },

  'somebody can take back what waits': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Your registration waits to be sent');
    await page.getByRole('button', { name: 'Do not send it' }).click();
    await titled(page, 'Is everything right?');
    await page.context().setOffline(false);
    await page.waitForTimeout(300);
    assert.equal((await registrations(register)).length, 0);
  },
});
