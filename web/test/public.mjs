import assert from 'node:assert/strict';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessible, enter, faults, focused, keptHeads, program, run, titled } from './harness.mjs';

const pages = [
  ['about', 'What this is, and whether it is genuine'],
  ['privacy', 'What is stored, why, and until when'],
  ['rules', 'The rules here'],
  ['openings', 'How often offices look into records'],
  ['log', 'The public log'],
  ['freeze', 'Freeze your account'],
];

/** No page fades in: its colours are measured. */
const still = { reducedMotion: 'reduce' };

const visit = async (page, at, path) => {
  await page.goto(`${at}/app/${path}`);
  await titled(page, pages.find(([name]) => name === path)[1]);
  await page.waitForFunction(() => !document.querySelector('.on-its-way'));
};

const answerOf = async (register, path) => (await fetch(register + path)).json();
const sizeOf = (note) => Number(note.split('\n')[1]);

/** The first checkpoint of more leaves than so many, once it is there. */
async function checkpointPast(register, size) {
  for (;;) {
    const answer = await fetch(`${register}/checkpoint`);
    const note = await answer.text();
    if (answer.ok && sizeOf(note) > size) return note;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const firstCheckpoint = (register) => checkpointPast(register, 0);

/** Makes the log longer than so many leaves. */
async function grown(register, size) {
  await (await program(register)).post('/api/v1/registrations', { kind: 'secondary', address: { country: 'DE', lines: [`Sonnenallee ${size}`] } });
  return checkpointPast(register, size);
}

/** The verdict of the log page, once there is one. */
async function verdict(page, heading) {
  const box = page.locator('.verdict', { has: page.getByRole('heading', { name: heading, exact: true }) });
  await box.waitFor();
  return (await box.innerText()).replace(/\s+/g, ' ');
}

/** What the operator of this register could sign: any checkpoint, with the log's own key. */
async function forged(register, directory, size, root) {
  const key = (await (await fetch(`${register}/log.vkey`)).text()).trim();
  const [name, id] = key.split('+');
  const secret = Buffer.from(readFileSync(join(directory, 'keys', 'log.key'), 'utf8').trim(), 'hex');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const text = `${name}\n${size}\n${root}\n`;
  const signature = sign(null, Buffer.from(text), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return `${text}\n\u2014 ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`;
}

const serve = (page, path, body, more = {}) => page.route(`**${path}`, (route) => route.fulfill({ body, contentType: 'text/plain', ...more }));

async function freeze(page, card, code) {
  await page.fill('#field-card', card);
  await page.fill('#field-code', code);
  await page.getByRole('button', { name: 'Freeze it for 72 hours' }).click();
}

await run({
  'each page is accessible, fits 320 pixels, and leads on by the footer': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, ...still });
    for (const [path, title] of pages) {
      await visit(page, at, path);
      if (path === 'log') await verdict(page, /signature is right/);
      await accessible(page, path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, title);
      for (const summary of await page.locator('details > summary').all()) if (path !== 'privacy') await summary.click();
      await accessible(page, `${path}, all open`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, title);
    }
    for (const [path, title] of pages.slice(0, 5)) {
      await page.locator(`footer a[href="/app/${path}"]`).click();
      await titled(page, title);
      assert.equal(await focused(page), 'h1');
    }
  },

  'each page is accessible by night': async ({ at, open }) => {
    const page = await open({ colorScheme: 'dark', ...still });
    for (const [path] of pages) {
      await visit(page, at, path);
      if (path === 'log') await verdict(page, /signature is right/);
      await accessible(page, `${path} by night`);
    }
  },

  'about says by which address the page came, and the plain pages': async ({ at, open }) => {
    const page = await open(still);
    await visit(page, at, 'about');
    assert.equal(await page.locator('.host').innerText(), new URL(at).host);
    await page.getByText('This one is for Utopia.').waitFor();
    assert.equal(await page.getByRole('link', { name: 'The plain pages' }).getAttribute('href'), '/');
    await page.getByRole('link', { name: 'Freeze your account' }).click();
    await titled(page, 'Freeze your account');
  },

  'privacy shows every field of the inventory, with why and until when': async ({ at, register, open }) => {
    const page = await open(still);
    await visit(page, at, 'privacy');
    const { stored } = await answerOf(register, '/api/v1/privacy');
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.stored')].flatMap((bundle) => {
        const lines = (selector) => [...bundle.querySelectorAll(selector)].map((line) => line.textContent);
        const [expiry, seen_by, ground, copy] = lines('.rows dd');
        const group = bundle.closest('section').querySelector('h2').textContent;
        const places = lines('.rows .small li');
        return [...bundle.querySelectorAll(':scope > .plain > li')].map((field, i) => ({
          group, stored_at: places[i], what: field.querySelector('b').textContent, purpose: field.querySelector('p').textContent,
          ground, seen_by, expiry, in_my_copy: copy === 'It is in it' ? true : copy,
        }));
      }),
    );
    const sorted = (items) => items.map((item) => JSON.stringify(item, Object.keys(item).sort())).sort();
    assert.ok(stored.length > 100);
    assert.deepEqual(sorted(shown), sorted(stored));
    await page.locator('.contents a').last().click();
    await page.waitForURL(/#stored-\d+$/);
    await page.locator(new URL(page.url()).hash).waitFor();
    await titled(page, 'What is stored, why, and until when');
  },

  'rules show the profile in force, its hours and its sources': async ({ at, register, open }) => {
    const page = await open(still);
    await visit(page, at, 'rules');
    const { profile } = await answerOf(register, '/api/v1/profile');
    const content = (await page.locator('main').textContent()).replace(/\s+/g, ' ');
    for (const words of [profile.title, 'Within 14 calendar days', 'kept for 5 years', 'Tuesday09:00 to 13:00, 14:00 to 18:00', 'No change is announced', 'A model, without legal effect'])
      assert.ok(content.includes(words), words);
    for (const { name } of profile.offices) assert.ok(content.includes(name), name);
    for (const { rule, source } of profile.sources) assert.ok(content.includes(rule) && content.includes(source), rule);
    assert.ok(content.replace(/ /g, '').includes(profile.sha256));
    assert.equal(await page.locator('#purposes ~ ul > li').count(), profile.purposes.length);
  },

  'rules show the change that is announced': async ({ at, register, open }) => {
    const answer = await answerOf(register, '/api/v1/profile');
    answer.coming = { name: 'specimen', title: 'Utopia, from spring', model: true, sha256: 'ab'.repeat(32), in_force_from: '2027-03-01T00:00:00Z', leaf: 4711 };
    const page = await open(still);
    await serve(page, '/api/v1/profile', JSON.stringify(answer), { contentType: 'application/json' });
    await visit(page, at, 'rules');
    const coming = await page.locator('section[aria-labelledby="coming"]').innerText();
    for (const words of ['Utopia, from spring', '1 March 2027', '4711', 'abababab']) assert.ok(coming.includes(words), words);
    await accessible(page, 'a change to come');
  },

  'openings are told by week, office and purpose, or that there were none': async ({ at, register, open }) => {
    const page = await open(still);
    await visit(page, at, 'openings');
    await page.getByText('In the last 12 weeks no office opened more than 4 records for any one purpose.').waitFor();
    const answer = await answerOf(register, '/api/v1/openings/weekly');
    answer.weeks[0].counts = [
      { office: 'school-office', purpose: 'school-enrolment', openings: 1240 },
      { office: 'civic-office', purpose: 'counter-help', openings: 310 },
      { office: 'closed-office', purpose: 'newer-purpose', openings: 10 },
    ];
    await serve(page, '/api/v1/openings/weekly', JSON.stringify(answer), { contentType: 'application/json' });
    await page.reload();
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    assert.deepEqual(await rows.locator('th').allTextContents(), ['School Office of Utopia', 'Civic Office of Utopia', 'closed-office']);
    assert.deepEqual(await rows.locator('td').allTextContents(), ['Enrolling a child at a school', 'about 1,240', 'Helping you at the counter', 'about 310', 'newer-purpose', 'about 10']);
    assert.deepEqual(await rows.locator('rect').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('width'))), ['100', '25', '1']);
    await page.getByText('11 weeks without numbers').click();
    await accessible(page, 'openings with numbers');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  },

  'the log is checked on the device, and remembered': async ({ at, register, open }) => {
    const page = await open(still);
    await visit(page, at, 'log');
    assert.match(await verdict(page, 'The signature is right'), /It is the first one that this device sees/);
    const seen = Number((await page.locator('dl.rows dd').first().innerText()).replace(/\D/g, ''));
    await grown(register, seen);
    await page.reload();
    const words = await verdict(page, 'The signature is right, and nothing was taken away');
    assert.ok(words.includes(`there were ${seen} hashes`), words);
    await page.getByText('Nobody cosigns this log.').waitFor();
  },

  'a log that got shorter is shown as such, with the proof': async ({ at, register, open }) => {
    const old = await firstCheckpoint(register);
    const page = await open(still);
    const now = await grown(register, sizeOf(old));
    await visit(page, at, 'log');
    await verdict(page, 'The signature is right');
    await serve(page, '/checkpoint', old);
    await page.reload();
    assert.match(await verdict(page, 'This log does not fit what this device has seen before'), new RegExp(`Now it shows ${sizeOf(old)}\\. A log like this never gets shorter`));
    await accessible(page, 'a log that shrank');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Keep the proof' }).click()]);
    const proof = readFileSync(await download.path(), 'utf8');
    assert.ok(proof.includes(old));
    assert.ok(sizeOf(proof) >= sizeOf(now), 'the larger one is in it, too');
    await page.unroute('**/checkpoint');
    await page.reload();
    await verdict(page, 'The signature is right, and nothing was taken away');
  },

  'a log that was rewritten is shown as such': async ({ at, register, directory, open }) => {
    const size = sizeOf(await firstCheckpoint(register));
    const page = await open(still);
    await serve(page, '/checkpoint', await forged(register, directory, size, createHash('sha256').update('another past').digest('base64')));
    await visit(page, at, 'log');
    await verdict(page, 'The signature is right');
    await page.unroute('**/checkpoint');
    await grown(register, size);
    await page.reload();
    assert.match(await verdict(page, 'This log does not fit what this device has seen before'), /others stand in their place/);
  },

  'a checkpoint that the key did not sign is not believed': async ({ at, register, open }) => {
    const page = await open(still);
    await serve(page, '/checkpoint', (await firstCheckpoint(register)).replace(/\n\d+\n/, '\n7\n'));
    await visit(page, at, 'log');
    await verdict(page, 'This log’s signature is not right');
    await accessible(page, 'a bad signature');
    assert.deepEqual(await keptHeads(page), []);
    await page.unroute('**/checkpoint');
    await page.getByRole('button', { name: 'Try again' }).click();
    await verdict(page, 'The signature is right');
    await page.route('**/tile/**', (route) => route.abort());
    await grown(register, Number((await page.locator('dl.rows dd').first().innerText()).replace(/\D/g, '')));
    await page.reload();
    await verdict(page, 'The signature is right; the rest could not be checked');
    await page.route('**/checkpoint', (route) => route.abort());
    await page.reload();
    await verdict(page, 'The log could not be reached');
    await accessible(page, 'out of reach');
  },

  'another log at the same address is named': async ({ at, open }) => {
    const page = await open(still);
    await visit(page, at, 'log');
    await verdict(page, 'The signature is right');
    await keptHeads(page, 'older.example/log');
    await page.reload();
    await verdict(page, 'The signature is right, and nothing was taken away');
    await page.getByText('older.example/log').waitFor();
  },

  'what the log page saw, the history page knows': async ({ at, register, open }) => {
    const old = await firstCheckpoint(register);
    const page = await open(still);
    await grown(register, sizeOf(old));
    await visit(page, at, 'log');
    await verdict(page, 'The signature is right');
    await enter(page, at);
    await serve(page, '/checkpoint', old);
    await page.goto(`${at}/app/history`);
    await page.locator('.proving.failed h2').waitFor();
  },

  'a register without a checkpoint yet says so, and one that is busy is not called new': async ({ at, register, open }) => {
    const page = await open(still);
    await serve(page, '/checkpoint', '{}', { status: 503, contentType: 'application/problem+json' });
    await checkpointPast(register, 0);
    await visit(page, at, 'log');
    await verdict(page, 'The log could not be reached');
    const answer = await answerOf(register, '/api/v1/log');
    await serve(page, '/api/v1/log', JSON.stringify({ ...answer, shown_size: null }), { contentType: 'application/json' });
    await page.reload();
    await verdict(page, 'There is no checkpoint yet');
  },

  'witnesses are named, and who has signed': async ({ at, register, open }) => {
    const answer = await answerOf(register, '/api/v1/log');
    const quorum_at = new Date(Date.now() - 200_000).toISOString();
    Object.assign(answer, { witnesses: ['witness.example/w1', 'witness.example/w2'], cosigners: ['witness.example/w1'], quorum_at, signed_size: answer.shown_size + 3 });
    const page = await open(still);
    await serve(page, '/api/v1/log', JSON.stringify(answer), { contentType: 'application/json' });
    await visit(page, at, 'log');
    await page.getByText('Enough witnesses saw it 3 minutes ago').waitFor();
    await page.getByText('3 more are signed, and wait for the witnesses').waitFor();
    const told = await page.locator('section[aria-labelledby="witnesses"] li').allInnerTexts();
    assert.deepEqual(told.map((text) => text.replace(/\s+/g, ' ')), ['witness.example/w1 Has signed the newest checkpoint', 'witness.example/w2 Has not signed the newest checkpoint yet']);
    await accessible(page, 'witnesses');
  },

  'without a connection a page says so, and comes when asked again': async ({ at, open }) => {
    const page = await open(still);
    await visit(page, at, 'about');
    await page.context().setOffline(true);
    for (const [path, title] of pages.slice(1, 5)) {
      await page.locator(`footer a[href="/app/${path}"]`).click();
      await titled(page, title);
      await page.getByText('There is no connection to the register.').waitFor();
    }
    await accessible(page, 'offline');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('heading', { name: 'Witnesses' }).waitFor();
    await verdict(page, 'The signature is right');
  },

  'freezing needs a card number and a code, and says what is wrong': async ({ at, register, open }) => {
    const anna = await program(register);
    const { card } = await anna.get('/api/v1/me');
    const page = await open(still);
    await visit(page, at, 'freeze');
    await freeze(page, card, '');
    await faults(page, [['Type the freeze code from the bottom of your printed sheet', 'code']]);
    await accessible(page, 'freeze with an error');
    await freeze(page, 'x', '7K2P-DXQ0-MVB3');
    await faults(page, [['A card number has 4 to 32 letters A to Z and digits. Type it as it is printed on the card.', 'card']]);
    await freeze(page, card, '7K2P-DXQ0');
    await faults(page, [['A code has twelve letters and digits, such as 7K2P-DXQ0-MVB3. Type all of them as they are printed.', 'code']]);
    await freeze(page, card, '7K2P-DXQ0-MVB3');
    await faults(page, [['This card number and this freeze code do not belong together, or the code was used before. Check both and try again. Without a freeze code that works, the office can help you.', null]]);
    assert.equal(await page.inputValue('#field-card'), card);
    assert.equal(await page.inputValue('#field-code'), '7K2P-DXQ0-MVB3');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Freeze it for 72 hours' }).click();
    await page.getByText('There is no connection to the register.').waitFor();
  },

  'the freeze code of a sheet freezes, once, without a sign-in': async ({ at, register, open }) => {
    const anna = await program(register);
    const { card } = await anna.get('/api/v1/me');
    const { sheet } = await anna.post('/api/v1/printed-codes', {});
    const page = await open(still);
    await page.goto(`${at}/app/`);
    await page.getByRole('link', { name: 'Somebody else is after your account? Freeze it.' }).click();
    await titled(page, 'Freeze your account');
    let lost = 0;
    await page.route('**/api/v1/freeze', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await freeze(page, card, sheet.freeze_code.toLowerCase());
    await titled(page, 'Frozen');
    assert.equal(lost, 2, 'the answer that was lost was asked for again');
    assert.equal(await focused(page), 'h1');
    await page.getByText(/^Until \d+ \w+ 20\d\d, \d\d:\d\d nobody can change how you sign in\.$/).waitFor();
    await accessible(page, 'frozen');
    assert.equal(await page.evaluate(() => Object.values(localStorage).join().includes('signed-in')), false);
    const { entries } = await anna.get('/api/v1/history');
    assert.equal(entries.filter(({ operation }) => operation === 'freeze').length, 1);
    await page.reload();
    await titled(page, 'Freeze your account');
    await freeze(page, card, sheet.freeze_code);
    await page.getByText('This card number and this freeze code do not belong together').first().waitFor();
  },

  'the frame stays that of the person who is signed in': async ({ at, open }) => {
    const page = await open(still);
    await enter(page, at);
    await page.locator('footer a[href="/app/rules"]').click();
    await titled(page, 'The rules here');
    assert.ok(await page.getByRole('button', { name: 'Leave quickly' }).isVisible());
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await titled(page, 'Your residence');
  },

  'a proof can be checked from every page': async ({ at, open }) => {
    const page = await open();
    await page.goto(`${at}/app/about`);
    await page.getByRole('link', { name: 'Check a proof that somebody shows you' }).click();
    await page.getByRole('heading', { name: 'Check a proof', exact: true }).waitFor();
    assert.equal(page.url(), `${at}/app/scan.html`);
  },
});
