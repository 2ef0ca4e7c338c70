import assert from 'node:assert/strict';
import { accessible, enter, program, run, titled, toCheck } from './harness.mjs';

const registrations = async (register) => (await (await program(register)).get('/api/v1/registrations')).registrations;
const newest = async (register) => (await (await program(register)).get('/api/v1/history?limit=20')).entries.find(({ operation }) => operation === 'file');

/** What the page sends to register: key and first try of each time. */
function watchSending(page) {
  const sent = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/registrations')) return;
    sent.push({ key: request.headers()['idempotency-key'], first_tried: request.headers()['first-tried'], body: request.postData() });
  });
  return sent;
}

const hour_ms = 3_600_000;
/** As the register takes and tells it: the minute. */
const minuteOf = (time_ms) => `${new Date(time_ms).toISOString().slice(0, 16)}:00Z`;

/** Registers without a connection by a clock that shows `tried_ms`, and sends it by one that shows `sent_ms`. */
async function registerLater(page, at, tried_ms, sent_ms) {
  await enter(page, at);
  await page.clock.setFixedTime(tried_ms);
  await toCheck(page, at);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Register this address' }).click();
  await titled(page, 'Your registration waits to be sent');
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('There is still no connection').waitFor();
  await page.clock.setFixedTime(sent_ms);
  await page.context().setOffline(false);
  await titled(page, 'Receipt');
}

await run({
  'a registration made offline is sent once, later': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    await toCheck(page, at);
    const sent = watchSending(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Your registration waits to be sent');
    await accessible(page, 'waiting');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('There is still no connection').waitFor();
    assert.equal((await registrations(register)).length, 0);
    await page.context().setOffline(false);
    await titled(page, 'Receipt');
    assert.equal((await registrations(register)).length, 1);
    assert.equal(new Set(sent.map(({ key }) => key)).size, 1);
    assert.deepEqual(new Set(sent.map(({ first_tried }) => first_tried)), new Set([undefined]), 'what waited for seconds says nothing of it');
    assert.equal(await page.getByText('First tried').count(), 0);
    await page.reload();
    await titled(page, 'Receipt');
    await page.goto(`${at}/app/register`);
    await titled(page, 'Register where you live');
  },

  'the receipt and the history say when it was first tried, on every device': async ({ at, register, open }) => {
    const page = await open();
    const sent = watchSending(page);
    const now = Date.now();
    const tried = minuteOf(now - 26 * hour_ms);
    await registerLater(page, at, now - 26 * hour_ms, now);
    assert.equal((await registrations(register)).length, 1);
    assert.ok(sent.length > 1);
    assert.equal(new Set(sent.map(({ key, body }) => key + body)).size, 1);
    assert.equal(sent[0].first_tried, undefined);
    assert.equal(sent[sent.length - 1].first_tried, tried);
    assert.equal((await newest(register)).first_tried, tried);
    const told = async (device) => {
      await device.getByText('First tried to send').waitFor();
      await device.locator(`time[datetime="${tried}"]`).waitFor();
      await device.getByText('By the clock of the device that sent it. Nobody checked it.').waitFor();
    };
    await told(page);
    await accessible(page, 'a receipt of what waited');
    const receipt = page.url();
    const another = await open();
    await enter(another, at);
    await another.goto(receipt);
    await told(another);
    await another.goto(`${at}/app/history`);
    await another.getByText(/^First tried on .*, by the clock of the device that sent it$/).waitFor();
    await another.locator('.proving.good h2').waitFor({ timeout: 20_000 });
    assert.deepEqual(new Set(await another.locator('.mark').evaluateAll((all) => all.map((mark) => mark.className))), new Set(['mark proven']));
  },

  'a clock that is a day ahead registers, and what it claims is passed over': async ({ at, register, open }) => {
    const page = await open();
    const sent = watchSending(page);
    const there = Date.now() + 24 * hour_ms;
    await registerLater(page, at, there, there + hour_ms);
    assert.equal((await registrations(register)).length, 1);
    assert.equal(sent[sent.length - 1].first_tried, minuteOf(there));
    assert.equal((await newest(register)).first_tried, undefined);
    await page.getByText('Entry in your history').waitFor();
    assert.equal(await page.getByText('First tried').count(), 0);
  },

  'a clock that is a day behind registers, and its claim is shown as its own': async ({ at, register, open }) => {
    const page = await open();
    const there = Date.now() - 24 * hour_ms;
    await registerLater(page, at, there, there + hour_ms);
    assert.equal((await registrations(register)).length, 1);
    assert.equal((await newest(register)).first_tried, minuteOf(there));
    await page.getByText('First tried to send').waitFor();
  },

  'a clock that was set right meanwhile registers': async ({ at, register, open }) => {
    for (const [off, said] of [[24 * hour_ms, false], [-70 * hour_ms, true]]) {
      const page = await open();
      const sent = watchSending(page);
      const now = Date.now();
      await registerLater(page, at, now + off, now);
      assert.equal(sent[sent.length - 1].first_tried, said ? minuteOf(now + off) : undefined);
      await (await program(register)).post(`/api/v1/registrations/${(await registrations(register)).find(({ ended }) => !ended).id}/undo`, {});
    }
    assert.equal((await registrations(register)).length, 0);
  },

  'what came through before its answer was lost for long keeps its first receipt': async ({ at, register, open }) => {
    const page = await open();
    const sent = watchSending(page);
    await enter(page, at);
    const now = Date.now();
    await page.clock.setFixedTime(now);
    await toCheck(page, at);
    let lost = 0;
    await page.route('**/api/v1/registrations', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('internetdisconnected');
      await page.context().setOffline(true);
    });
    await page.getByRole('button', { name: 'Register this address' }).click();
    await titled(page, 'Your registration waits to be sent');
    assert.equal((await registrations(register)).length, 1);
    await page.clock.setFixedTime(now + 5 * hour_ms);
    await page.context().setOffline(false);
    await titled(page, 'Receipt');
    assert.equal(sent[sent.length - 1].first_tried, minuteOf(now));
    assert.equal((await registrations(register)).length, 1);
    assert.equal((await newest(register)).first_tried, undefined, 'it did come through at once');
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
