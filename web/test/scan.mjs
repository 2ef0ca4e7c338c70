import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import qrcode from 'qrcode-generator';
import { build } from 'vite';
import { accessible, berlin, focused, program, run } from './harness.mjs';

const work = mkdtempSync(join(tmpdir(), 'abode-scan-'));
const film = join(work, 'film.y4m');
process.on('exit', () => rmSync(work, { recursive: true }));

/** An issuer that is no test register, and a holder: the app's own code, made for Node. */
async function issuerAndHolder() {
  const here = new URL('../src/', import.meta.url).pathname;
  const entry = join(work, 'entry.ts');
  writeFileSync(entry, `export * from '${here}credential/issuer.testing'; export { bindProof, makeHolderKey, present } from '${here}credential/holder'; export { partsOf } from '${here}showing/parts';`);
  await build({ configFile: false, logLevel: 'error', build: { ssr: entry, outDir: join(work, 'made'), rolldownOptions: { output: { entryFileNames: 'made.mjs' } } } });
  return import(pathToFileURL(join(work, 'made', 'made.mjs')));
}
const { bindProof, issue, issuedAt, makeHolderKey, partsOf, present, trustFile } = await issuerAndHolder();

function squares(text) {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  return code;
}

/** A picture of a QR code as PNG, drawn by the browser. */
async function pictureOf(page, text) {
  const code = squares(text);
  const count = code.getModuleCount();
  const file = join(work, 'code.png');
  const drawing = await page.context().newPage();
  await drawing.setViewportSize({ width: (count + 8) * 5, height: (count + 8) * 5 });
  await drawing.setContent(`<style>body{margin:0}</style>${code.createSvgTag({ cellSize: 5, margin: 20 })}`);
  await drawing.screenshot({ path: file });
  await drawing.close();
  return file;
}

/** What a camera sees: each code for half a second, again and again (YUV4MPEG2, 720 dots square). */
function filmOf(texts) {
  const side = 720;
  const frames = [Buffer.from(`YUV4MPEG2 W${side} H${side} F4:1 Ip A1:1 C420jpeg\n`)];
  for (const text of texts) {
    const code = squares(text);
    const count = code.getModuleCount();
    const cell = Math.floor(side / (count + 8));
    const dots = Buffer.alloc(side * side * 1.5, 128).fill(255, 0, side * side);
    for (let y = 0; y < count * cell; ++y)
      for (let x = 0; x < count * cell; ++x)
        if (code.isDark(Math.floor(y / cell), Math.floor(x / cell))) dots[(y + 4 * cell) * side + x + 4 * cell] = 0;
    for (let i = 0; i < 2; ++i) frames.push(Buffer.from('FRAME\n'), dots);
  }
  writeFileSync(film, Buffer.concat(frames));
}

const sample_s = issuedAt + 3600;

/** The page, at a time and with a trust file of its own where they are given. */
async function toScan({ at, open }, { time_s, trust, options = {} } = {}) {
  const page = await open(options);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'));
  if (time_s) await page.clock.setFixedTime(time_s * 1000);
  await page.goto(`${at}/app/scan.html`);
  await page.waitForFunction(() => localStorage.getItem('abode.scan.trust') !== null);
  if (trust) {
    await page.getByText('Whose proofs are taken here').click();
    await page.getByLabel('Choose a trust file').setInputFiles({ name: 'trust.json', mimeType: 'application/json', buffer: Buffer.from(trust) });
    await page.getByText('Your trust file is used from now on').waitFor();
  }
  return page;
}

async function paste(page, text) {
  if (!(await page.locator('#field-text').isVisible())) await page.getByText('Paste a text').click();
  await page.fill('#field-text', text);
  await page.getByRole('button', { name: 'Check it' }).click();
}

const verdict = async (page) => {
  await page.locator('.verdict').waitFor();
  return page.locator('.verdict h2').innerText();
};
const question = async (page) => (await page.locator('.question .big-code').innerText()).replace(' ', '');
const next = (page) => page.getByRole('button', { name: 'Check the next one' }).click();

const lasting = (uri) => ({ exp: issuedAt + 90 * 86_400, status: { status_list: { idx: 7, uri } } });

async function registerProof(register, wish) {
  const anna = await program(register);
  await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-11-01' });
  return (await anna.post('/api/v1/proofs', wish)).proofs[0];
}

/** A proof as its holder answers a number with it. */
async function answered(nonce, changes = {}) {
  const key = await makeHolderKey();
  const kept = await bindProof(await issue(key.jwk, changes), key);
  const shown = await present(kept.value, ['family_name', 'given_name', 'country'], { audience: 'in-person', nonce }, sample_s);
  return shown.value;
}

await run({
  'it may use the camera and nothing else, and loads nothing of the app': async ({ at, open, register }) => {
    const page = await open();
    const loaded = [];
    page.on('request', (request) => loaded.push(request));
    const answer = await page.goto(`${at}/app/scan.html`);
    await page.getByRole('button', { name: 'Start the camera' }).waitFor();
    assert.match(answer.headers()['permissions-policy'], /camera=\(self\)/);
    assert.match(answer.headers()['permissions-policy'], /geolocation=\(\)/);
    assert.deepEqual(loaded.filter((request) => !request.url().startsWith(at)).map((request) => request.url()), []);
    assert.deepEqual(loaded.filter((request) => /resident|proofs|sharing|wasm|reader/.test(new URL(request.url()).pathname)).map((request) => request.url()), []);
    assert.deepEqual(loaded.map((request) => new URL(request.url()).pathname).filter((path) => !path.startsWith('/app/')), ['/trust.json']);
    assert.match((await fetch(`${register}/app/`)).headers.get('permissions-policy'), /camera=\(\)/);
    assert.equal(await page.locator('nav').count(), 0); // the desk is a verifier's
    assert.equal(await (await fetch(`${register}/app/desk.html`)).text(), await (await fetch(`${register}/app/`)).text());
    await accessible(page, 'ready');
  },

  'proofs of the register in test mode are told as such, on paper and as text': async (place) => {
    const page = await toScan(place);
    const text = await registerProof(place.register, { life: 'lasting', fields: ['family_name', 'address'] });
    await paste(page, `\n  ${text}\n`);
    assert.equal(await verdict(page), 'Only a test');
    assert.equal(await focused(page), 'verdict');
    await accessible(page, 'test-mode');
    await page.getByText('What it claims').click();
    assert.match(await page.locator('details .rows').innerText(), /ERIKSSON[^]*Sonnenallee 17b/);
    await next(page);
    const seal = (await (await program(place.register)).post('/api/v1/proofs', { life: 'fresh', fields: ['region'], form: 'paper' })).proofs[0];
    await page.getByLabel('Choose a picture').setInputFiles(await pictureOf(page, seal));
    assert.equal(await verdict(page), 'Only a test');
    const took = await page.evaluate(() => performance.measure('x', 'scan-begins', 'scan-verdict').duration);
    await next(page);
    await page.getByLabel('Choose a picture').setInputFiles(await pictureOf(page, seal));
    await verdict(page);
    const again = await page.evaluate(() => performance.measure('y', { start: performance.getEntriesByName('scan-begins').pop().startTime, end: performance.getEntriesByName('scan-verdict').pop().startTime }).duration);
    console.log(`        picture to verdict: ${Math.round(took)} ms with loading ZXing, ${Math.round(again)} ms then`);
    await next(page);
    const [first, ...rest] = text.split('~');
    await paste(page, [`${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`, ...rest].join('~'));
    assert.match(await verdict(page), /Do not accept|Not a proof/);
    await next(page);
    await paste(page, text.slice(0, -30));
    assert.equal(await verdict(page), 'Not a proof');
  },

  'a genuine proof is valid, one that is old is expired, and each has its words': async (place) => {
    const text = await issue(null);
    const page = await toScan(place, { time_s: sample_s, trust: trustFile });
    await paste(page, text);
    assert.equal(await verdict(page), 'Valid');
    assert.match(await page.locator('.card .rows').innerText(), /ERIKSSON[^]*Sonnenallee 17b[^]*28 November 2026[^]*today/);
    await page.getByText('whoever has a copy can show it').waitFor();
    await accessible(page, 'valid');
    for (const [time_s, wanted] of [[issuedAt + 15 * 86_400, 'Expired'], [issuedAt - 86_400, 'Not valid yet']]) {
      await next(page);
      await page.clock.setFixedTime(time_s * 1000);
      await paste(page, text);
      assert.equal(await verdict(page), wanted);
      await accessible(page, wanted);
    }
  },

  'an answer is good for its number alone': async (place) => {
    const page = await toScan(place, { time_s: sample_s, trust: trustFile });
    const asked = await question(page);
    const text = await answered(asked);
    await paste(page, text);
    assert.equal(await verdict(page), 'Valid');
    await page.getByText('answered your number with it').waitFor();
    await next(page);
    assert.notEqual(await question(page), asked);
    await paste(page, text);
    assert.equal(await verdict(page), 'Not shown by its holder');
    await page.getByText('another number than yours').waitFor();
    await accessible(page, 'holder-not-bound');
    await next(page);
    await paste(page, `${text.slice(0, text.lastIndexOf('~'))}~`);
    assert.equal(await verdict(page), 'Not shown by its holder');
    await page.getByText('shown without a number').waitFor();
    await next(page);
    const late = await answered(await question(page));
    await page.clock.setFixedTime((sample_s + 700) * 1000);
    await paste(page, late);
    await page.getByText('more than ten minutes ago').waitFor();
  },

  'who is not trusted, and what cannot be told, are said so': async (place) => {
    const page = await toScan(place, { time_s: sample_s });
    await paste(page, await issue(null));
    assert.equal(await verdict(page), 'Unknown issuer');
    await accessible(page, 'untrusted');
    await next(page);
    await page.getByText('Whose proofs are taken here').click();
    await page.getByLabel('Choose a trust file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"issuers":[1]}') });
    await page.getByText('This is no trust file').waitFor();
    await page.getByLabel('Choose a trust file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(trustFile) });
    await page.getByText('used from now on').waitFor();
    await paste(page, await issue(null, lasting('https://register.example/status/aa')));
    assert.equal(await verdict(page), 'Cannot be told yet');
    await page.getByText('list of another register').waitFor();
    await accessible(page, 'status-unknown');
    await page.reload();
    await page.getByText('Whose proofs are taken here').click();
    await page.getByText('https://register.example').waitFor();
    await page.getByText('your own trust file names').waitFor();
  },

  'a list is fetched whole, by a button, without a cookie': async (place) => {
    const page = await toScan(place, { time_s: sample_s, trust: trustFile });
    const real = await registerProof(place.register, { life: 'lasting', fields: ['region'] });
    const { uri } = JSON.parse(Buffer.from(real.split('.')[1], 'base64url')).status.status_list;
    while (!(await fetch(uri)).ok) await new Promise((resolve) => setTimeout(resolve, 250)); // until its first publication
    const asked = [];
    page.on('request', async (request) => request.url().includes('/status/') && asked.push([request.url(), (await request.allHeaders()).cookie]));
    await page.context().addCookies([{ name: 'session', value: 'x', url: place.at }]);
    await paste(page, await issue(null, lasting(uri)));
    assert.equal(await verdict(page), 'Cannot be told yet');
    assert.deepEqual(asked, []);
    await page.getByRole('button', { name: 'Get the list now' }).click();
    await page.waitForFunction(() => localStorage.getItem('abode.scan.lists') !== null);
    // It is a list of the register's own key, which the trust file does not name: it counts for nothing.
    assert.equal(await verdict(page), 'Cannot be told yet');
    assert.deepEqual(asked, [[uri, undefined]]);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Get the list now' }).click();
    await page.getByText('The list could not be had').waitFor();
  },

  'what is no proof is told from what cannot be read': async (place) => {
    const page = await toScan(place);
    const upload = (name, mimeType, buffer) => page.getByLabel('Choose a picture').setInputFiles({ name, mimeType, buffer });
    await paste(page, 'hello');
    await page.getByText('This is something else').waitFor();
    await accessible(page, 'something else');
    await paste(page, '');
    await page.getByText('There is no code in it').waitFor();
    await upload('a.pdf', 'application/pdf', Buffer.from('%PDF-1.7'));
    await page.getByText('A PDF cannot be looked at here').waitFor();
    await upload('a.png', 'image/png', Buffer.from([0x89, 0x50, 1, 2, 3, 4, 5, 6, 7]));
    await page.getByText('This file is no picture').waitFor();
    await page.getByLabel('Choose a picture').setInputFiles(await pictureOf(page, 'https://shop.example/'));
    await page.getByText('This is something else').waitFor();
    await paste(page, `ey${'x'.repeat(65 * 1024)}~`);
    await page.getByText('too large for a proof').waitFor();
    await paste(page, 'eyJ~garbage~');
    assert.equal(await verdict(page), 'Not a proof');
    await accessible(page, 'malformed');
  },

  'the camera reads a code, is off before it was asked for and after, and keeps nothing': async (place) => {
    const page = await toScan(place, { trust: trustFile, options: { permissions: ['camera'] } });
    const seal = (await registerProof(place.register, { life: 'fresh', fields: ['region'], form: 'paper' }));
    filmOf([seal]);
    await page.evaluate(() => {
      const { getUserMedia } = MediaDevices.prototype;
      globalThis.streams = [];
      MediaDevices.prototype.getUserMedia = async function (wish) {
        const stream = await getUserMedia.call(this, wish);
        globalThis.streams.push(stream);
        return stream;
      };
    });
    const live = () => page.evaluate(() => globalThis.streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live').length);
    assert.equal(await page.evaluate(() => globalThis.streams.length), 0);
    await page.getByRole('button', { name: 'Start the camera' }).click();
    assert.equal(await verdict(page), 'Only a test');
    assert.equal(await page.evaluate(() => globalThis.streams.length), 1);
    assert.equal(await live(), 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).sort()), ['abode.scan.trust']);
  },

  'a proof that is shown as several codes is put together by the camera': async (place) => {
    const page = await toScan(place, { time_s: sample_s, trust: trustFile, options: { permissions: ['camera'] } });
    filmOf(partsOf(await answered(await question(page)), 'ab12'));
    await page.getByRole('button', { name: 'Start the camera' }).click();
    await page.getByText(/Hold still: \d of \d parts/).waitFor({ timeout: 15_000 });
    await page.locator('.verdict').waitFor({ timeout: 30_000 });
    assert.equal(await verdict(page), 'Valid');
  },

  'it opens and checks without a connection': async (place) => {
    const page = await toScan(place, { options: { serviceWorkers: 'allow' } });
    const text = await registerProof(place.register, { life: 'fresh', fields: ['region'] });
    const seal = (await (await program(place.register)).post('/api/v1/proofs', { life: 'fresh', fields: ['region'], form: 'paper' })).proofs[0];
    const picture = await pictureOf(page, seal);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).filter(({ url }) => url.includes('messages-')).length >= 2) return true;
      return false;
    });
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Check a proof' }).waitFor();
    await paste(page, text);
    assert.equal(await verdict(page), 'Only a test');
    await next(page);
    await page.getByLabel('Choose a picture').setInputFiles(picture);
    assert.equal(await verdict(page), 'Only a test');
    const kept = await page.evaluate(async () => {
      const urls = [];
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
      return urls;
    });
    assert.deepEqual(kept.filter((path) => !path.startsWith('/app/') || /resident|sharing|proofs/.test(path)), []);
  },
}, { args: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`] });
