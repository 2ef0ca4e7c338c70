import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessible, berlin, enter, keptHeads, program, run, titled } from './harness.mjs';

/** Ticks come within seconds: entries must be in the log, and a grave finding is looked at twice. */
const found_ms = 20_000;

const heading = (page) => page.locator('.proving h2');
const marks = (page) => page.locator('.mark').evaluateAll((all) => all.map((mark) => mark.className));

async function openHistory(page, at) {
  await page.goto(`${at}/app/history`);
  await titled(page, 'Your history');
}

/** Waits until the statement on top is of this class, and gives its text. */
async function stated(page, code) {
  await page.locator(`.proving.${code} h2`).waitFor({ timeout: found_ms }).catch(async (error) => {
    const there = await page.locator('.proving').first().textContent().catch(() => 'nothing');
    throw new Error(`no statement "${code}", but: ${there}`, { cause: error });
  });
  return page.locator('.proving').textContent();
}

async function allProven(page) {
  const text = await stated(page, 'good');
  const found = await marks(page);
  assert.ok(found.length > 0);
  assert.deepEqual(new Set(found), new Set(['mark proven']));
  return text;
}

const checkpointOf = async (register) => (await fetch(`${register}/checkpoint`)).text();
const sizeOf = (note) => Number(note.split('\n')[1]);

/** Until the log has more leaves than `size`. */
async function grownBeyond(register, size) {
  for (let left = 100; left > 0; --left) {
    const note = await checkpointOf(register);
    if (sizeOf(note) > size) return note;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the log does not grow');
}

/** Signs three lines as the log of this register does: whoever has its key can make another log. */
function signedByLog(directory, note, change) {
  const seed = Buffer.from(readFileSync(join(directory, 'keys', 'log.key'), 'utf8').trim(), 'hex');
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const [name, size, root] = note.split('\n');
  const text = `${change({ name, size, root }).join('\n')}\n`;
  const [, , signature] = note.split('\n').find((line) => line.startsWith('\u2014 ')).split(' ');
  const made = Buffer.concat([Buffer.from(signature, 'base64').subarray(0, 4), sign(null, Buffer.from(text), key)]);
  return `${text}\n\u2014 ${name} ${made.toString('base64')}\n`;
}

const answering = (page, path, body) => page.route(path, (route) => route.fulfill({ contentType: 'text/plain; charset=utf-8', body }));

/** Alters what comes from a path. */
const altering = (page, path, change) =>
  page.route(path, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });

const another = (letter) => (letter === 'A' ? 'B' : 'A');

/** One letter of one entry's salt is another one. */
const saltAltered = (file) => file.replace(/("salt":")(.)/, (_, before, letter) => before + another(letter));

await run({
  'each entry gets its tick, and the whole is told': async ({ at, register, open }) => {
    const person = await program(register);
    await person.post('/api/v1/registrations', { kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    const text = await allProven(page);
    const { entries } = await person.get('/api/v1/history');
    assert.equal(await heading(page).innerText(), `All ${entries.length} entries of your history are proven`);
    assert.equal((await marks(page)).length, entries.length);
    assert.match(text, /This device sees the log for the first time/);
    assert.match(text, /due on \d+ \w+ \d+/);
    await page.getByText('What this does not show').click();
    await page.getByText('this log has no witnesses').waitFor();
    await accessible(page, 'history, proven');
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  },

  'an entry that is not yet in the log gets its tick when it is': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    let held = true;
    await page.route('**/api/v1/history/export', async (route) => {
      const answer = await route.fetch();
      // As the register writes an entry that no checkpoint covers yet.
      const early = (file) => {
        const history = JSON.parse(file);
        delete history.entries[history.entries.length - 1].index;
        delete history.entries[history.entries.length - 1].proof;
        return JSON.stringify(history);
      };
      const file = await answer.text();
      await route.fulfill({ response: answer, body: held ? early(file) : file });
    });
    await openHistory(page, at);
    const text = await stated(page, 'under-way');
    assert.match(text, /new and not in the log yet/);
    assert.deepEqual((await marks(page))[0], 'mark waiting');
    assert.ok((await marks(page)).slice(1).every((mark) => mark === 'mark proven'));
    await page.getByText('Not yet in the public log; it will be within seconds').waitFor();
    await accessible(page, 'history, under way');
    held = false;
    await allProven(page);
  },

  'a receipt gets its tick': async ({ at, register, open }) => {
    const person = await program(register);
    const { receipt } = await person.post('/api/v1/registrations', { kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/receipts/${receipt.entry}`);
    await page.locator('.receipt .mark.proven').waitFor({ timeout: found_ms });
    assert.match(await page.locator('.receipt .mark').innerText(), /^Proven: leaf \d+ of \d+$/);
    await accessible(page, 'receipt, proven');
    await altering(page, '**/proof', (proof) => proof.replace(/\n(index \d+\n)(.)/, (_, index, letter) => `\n${index}${another(letter)}`));
    await page.reload();
    await page.getByRole('heading', { name: 'This receipt does not fit the public log' }).waitFor({ timeout: found_ms });
    await page.getByText('The public log does not hold its commitment where its proof says.').waitFor();
    await accessible(page, 'receipt that does not fit');
  },

  'a receipt waits for the log': async ({ at, register, open }) => {
    const person = await program(register);
    const { receipt } = await person.post('/api/v1/registrations', { kind: 'main', address: berlin });
    const page = await open();
    await enter(page, at);
    let times = 0;
    await page.route('**/proof', (route) => (++times > 1 ? route.continue() : route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{}' })));
    await page.goto(`${at}/app/receipts/${receipt.entry}`);
    await page.locator('.receipt .mark.waiting').waitFor({ timeout: found_ms });
    await page.locator('.receipt .mark.proven').waitFor({ timeout: found_ms });
  },

  'a byte of the file that was altered is seen': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    await altering(page, '**/api/v1/history/export', saltAltered);
    await openHistory(page, at);
    const text = await stated(page, 'failed');
    assert.match(text, /^Something in your history does not fit/);
    assert.match(text, /Entry 0: The public log does not hold it where its proof says\./);
    assert.match(text, /the data protection authority/);
    const oldest = page.locator('.entry', { hasText: 'Entry 0' });
    assert.equal(await oldest.locator('.mark.failed').count(), 1);
    await accessible(page, 'history that does not fit');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Save the history that was checked').click()]);
    const saved = readFileSync(await download.path(), 'utf8');
    assert.equal(JSON.parse(saved).entries.length, await page.locator('.entry').count());
    // The very bytes that did not fit, not those that the register would give now.
    const genuine = await (await page.request.get(`${at}/api/v1/history/export`)).text();
    assert.notEqual(JSON.parse(saved).entries[0].salt, JSON.parse(genuine).entries[0].salt);
  },

  'a file that was cut off is seen': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await altering(page, '**/api/v1/history/export', (file) => file.slice(0, -20));
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), /The file of your history cannot be read/);
  },

  'a list that tells another story than the file is seen': async ({ at, register, open }) => {
    const person = await program(register);
    await person.post('/api/v1/registrations', { kind: 'main', address: berlin });
    await person.post('/api/v1/registrations', { kind: 'secondary', address: berlin });
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    const { entries } = await person.get('/api/v1/history');
    const { entry } = entries.filter(({ operation }) => operation === 'file')[1];
    const cases = [
      [(one) => ({ ...one, operation: 'renew' }), 'What was done is another thing in your file.'],
      [(one) => ({ ...one, at: one.at.replace(/^\d{4}/, '2019') }), 'Its time is another one in your file.'],
      [(one) => ({ ...one, actor: 'invited' }), 'Who did it is somebody else in your file.'],
      [(one) => ({ ...one, actor: 'guardian', guardianship: 'x' }), 'Who did it is somebody else in your file.'],
      [(one) => ({ ...one, office: { id: 'north', name: 'North' } }), 'The office is another one in your file.'],
      [(one) => ({ ...one, purpose: { id: 'tax-residence', label: 'Tax' } }), 'The purpose is another one in your file.'],
      [(one) => ({ ...one, reference: 'other' }), 'The reference is another one in your file.'],
      [(one) => ({ ...one, fields: [...one.fields, 'birth_date'] }), 'The fields are other ones in your file.'],
      [(one) => ({ ...one, commitment: `${one.commitment.slice(0, -1)}${one.commitment.endsWith('0') ? '1' : '0'}` }), 'Its commitment is another one in your file.'],
    ];
    let change = (list) => list;
    await altering(page, /\/api\/v1\/history$/, (body) => {
      const list = JSON.parse(body);
      return JSON.stringify({ ...list, entries: change(list.entries) });
    });
    for (const [forge, words] of cases) {
      change = (list) => list.map((one) => (one.entry === entry ? forge(one) : one));
      await openHistory(page, at);
      assert.match(await stated(page, 'failed'), new RegExp(`Entry ${entry}: ${words}`));
      const mark = page.locator('.mark.failed');
      assert.equal(await mark.count(), 1);
      assert.equal(await mark.innerText(), words);
    }
    change = (list) => list.filter((one) => one.entry !== entry);
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), new RegExp(`Entry ${entry} is missing in the list here`));
    change = (list) => [{ ...list[0], entry: list[0].entry + 1 }, ...list];
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), new RegExp(`Entry ${entries[0].entry + 1}: It is not in your file`));
    change = (list) => list.slice(1);
    await openHistory(page, at);
    assert.match(await stated(page, 'good'), /One entry was made since you opened this page/);
    await page.getByRole('button', { name: 'Show it all' }).click();
    assert.match(await stated(page, 'failed'), new RegExp(`Entry ${entries[0].entry} is missing in the list here`));
    change = (list) => list;
    await page.getByRole('button', { name: 'Check again' }).click();
    assert.doesNotMatch(await allProven(page), /One entry was made since/);
  },

  'a checkpoint that the log did not sign is seen': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    const note = await checkpointOf(register);
    await answering(page, '**/checkpoint', note.replace(/\n\d+\n/, (size) => `\n${Number(size) + 1}\n`));
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), /What the register shows as the newest state of the log is not signed/);
    assert.deepEqual(new Set(await marks(page)), new Set(['mark unchecked']));
    await page.unroute('**/checkpoint');
    await altering(page, '**/api/v1/history/export', (file) => file.replace(/("checkpoint":"[^"]*?\\n)(\d+)/, (_, before, size) => `${before}${Number(size) + 1}`));
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), /The state of the log in your file is not signed with the log’s key/);
  },

  'a log that shrank is seen, and what it signed can be saved': async ({ at, register, open }) => {
    const page = await open();
    await enter(page, at);
    const small = await grownBeyond(register, 0);
    await (await program(register)).post('/api/v1/registrations', { kind: 'main', address: berlin });
    const large = await grownBeyond(register, sizeOf(small));
    await openHistory(page, at);
    await allProven(page);
    await openHistory(page, at);
    assert.match(await allProven(page), /The log (is just as this device saw it last|has grown from)/);
    await answering(page, '**/checkpoint', small);
    await openHistory(page, at);
    const text = await stated(page, 'failed');
    assert.match(text, new RegExp(`it had \\d+ leaves, and now has ${sizeOf(small)}\\. A log only ever grows`));
    assert.deepEqual(new Set(await marks(page)), new Set(['mark unchecked']));
    await accessible(page, 'history of a log that shrank');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Save what the log signed').click()]);
    const saved = readFileSync(await download.path(), 'utf8');
    assert.ok(saved.includes(small));
    assert.ok(saved.includes(`\n${sizeOf(large)}\n`) || sizeOf(large) < sizeOf(await checkpointOf(register)));
    await page.unroute('**/checkpoint');
    await page.getByRole('button', { name: 'Check again' }).click();
    await allProven(page);
  },

  'a log that forked is seen, also after a sign-out': async ({ at, register, directory, open }) => {
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    await page.getByRole('link', { name: 'Signing in' }).first().click();
    await titled(page, 'Signing in');
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.waitForFunction(() => !localStorage.getItem('abode.signed-in'));
    await enter(page, at);
    const note = await checkpointOf(register);
    const forked = signedByLog(directory, note, ({ name, size }) => [name, size, Buffer.alloc(32, 7).toString('base64')]);
    await answering(page, '**/checkpoint', forked);
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), /The log shows another past than the one that this device saw before/);
    await page.unroute('**/checkpoint');
    // Whoever was shown two pasts is not calmed by one of them.
    await openHistory(page, at);
    assert.match(await stated(page, 'failed'), /another past/);
  },

  'another log at the same address is told calmly': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    await keptHeads(page, 'another.example/log');
    await openHistory(page, at);
    assert.match(await allProven(page), /this device has seen a log with another key before/);
  },

  'leaving quickly takes away what was seen of the log': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    assert.deepEqual(await names(), ['abode.heads']);
    // The register's own answer has the browser clear all, which Safari of iOS 15 does not know: it must not need that.
    await page.route('**/leave', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>-</title>' }));
    await page.getByRole('button', { name: 'Leave quickly' }).click();
    await page.waitForURL('**/leave');
    await page.goto(`${at}/app/`);
    assert.deepEqual(await names(), []);
  },

  'without Ed25519 in the browser there are ticks all the same': async ({ at, open }) => {
    const page = await open();
    await page.addInitScript(() => {
      const { importKey, verify } = SubtleCrypto.prototype;
      const refuses = (algorithm) => (algorithm.name ?? algorithm) === 'Ed25519';
      SubtleCrypto.prototype.importKey = function (format, data, algorithm, ...more) {
        window.refused = true;
        return refuses(algorithm) ? Promise.reject(new DOMException('no', 'NotSupportedError')) : importKey.call(this, format, data, algorithm, ...more);
      };
      SubtleCrypto.prototype.verify = function (algorithm, ...more) {
        return refuses(algorithm) ? Promise.reject(new DOMException('no', 'NotSupportedError')) : verify.call(this, algorithm, ...more);
      };
    });
    await enter(page, at);
    await openHistory(page, at);
    await allProven(page);
    assert.ok(await page.evaluate(() => window.refused));
    await altering(page, '**/api/v1/history/export', saltAltered);
    await openHistory(page, at);
    await stated(page, 'failed');
  },

  'without any cryptography in the browser nothing is called wrong': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.addInitScript(() => {
      for (const name of ['importKey', 'verify', 'digest']) SubtleCrypto.prototype[name] = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
    });
    await openHistory(page, at);
    assert.match(await stated(page, 'unchecked'), /^Your history could not be checked on this device/);
    assert.equal(await page.locator('.mark').count(), 0);
    await accessible(page, 'history, not checked here');
    await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }));
    await openHistory(page, at);
    await stated(page, 'unchecked');
    await page.getByText('This browser cannot check signatures here').waitFor();
  },

  'without a connection the check waits for one': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.route('**/api/v1/history/export', (route) => route.abort('internetdisconnected'));
    await openHistory(page, at);
    assert.match(await stated(page, 'unchecked'), /Checking needs a connection to the register\./);
    await page.unroute('**/api/v1/history/export');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await allProven(page);
  },

  'without the part of the app that checks, the list stands and says so': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.route('**/assets/proving-*', (route) => route.abort('internetdisconnected'));
    await openHistory(page, at);
    await page.getByText('What checks the log could not be loaded').waitFor();
    assert.ok((await page.locator('.entry').count()) > 0);
    await accessible(page, 'history, nothing to check with');
  },

  'a browser that keeps nothing still checks, and says what it cannot': async ({ at, open }) => {
    const page = await open();
    await page.addInitScript(() => Object.defineProperty(IDBFactory.prototype, 'open', { value: () => { throw new DOMException('no', 'SecurityError'); } }));
    await enter(page, at);
    await openHistory(page, at);
    assert.match(await allProven(page), /This browser keeps nothing/);
  },
});
