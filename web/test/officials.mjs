import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { accessible, berlin, enter, faults, focused, program, run, titled } from './harness.mjs';

const signInTitle = 'Sign in as an official';
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** Signs a specimen official in, on the page that asks for it. */
async function work(page, at, name = 'Sam Clerk', path = 'staff', title = 'Your work as an official') {
  await page.goto(`${at}/app/${path}`);
  await titled(page, signInTitle);
  await page.getByRole('button', { name }).click();
  await titled(page, title);
}

/** A code that Anna makes for an official. */
async function codeOf(person, fields = ['family_name', 'given_names', 'main_address', 'other_addresses']) {
  return (await person.post('/api/v1/opening-codes', { fields, valid_minutes: 60 })).opening_code.code;
}

async function fillOpening(page, code, fields = ['Family name', 'Date of birth', 'Address'], purpose = 'school-enrolment') {
  await page.fill('#field-code', code);
  await page.selectOption('#field-purpose', purpose);
  await page.fill('#field-reference', 'S-2026/118');
  for (const field of fields) await page.getByRole('checkbox', { name: field, exact: true }).check();
  await press(page, 'Go on');
}

/** All that a page can keep, as text. */
const stored = (page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie, location.href]));

/** A browser that keeps pages for "back", as people have it; `use` tells by `kept` whether it did. */
async function keepingPages(use) {
  const browser = await chromium.launch({ executablePath: process.argv[3], args: ['--no-sandbox'], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await (await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' })).newPage();
    const awayAndBack = async (elsewhere) => {
      await page.evaluate(() => addEventListener('pageshow', (event) => event.persisted && document.body.setAttribute('data-kept', 'yes')));
      await page.goto(elsewhere);
      await page.evaluate(() => history.back()).catch(() => undefined);
      await page.waitForFunction(() => document.querySelector('#official-page'));
      assert.equal(await page.getAttribute('body', 'data-kept'), 'yes', 'the browser kept nothing, so this tells nothing');
    };
    await use(page, awayAndBack);
  } finally {
    await browser.close();
  }
}

/** A counter has one browser for many: it offers nobody what another typed. */
async function suggestsNothing(page, fields) {
  for (const field of fields) assert.equal(await page.getAttribute(`#field-${field}`, 'autocomplete'), 'off', field);
}

const shown = (page, selector = '.summary li') => page.locator(selector).allTextContents();

/** A phone: it keeps its passkeys, and asks for a finger. */
async function giveAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
  return {
    verifiesItsPerson: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    forget: () => devtools.send('WebAuthn.clearCredentials', { authenticatorId }),
    count: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

/** The line that an operator hands to a new clerk. */
function invite({ abode, directory }) {
  const out = join(directory, 'invitation');
  execFileSync(abode, ['invite', directory, '--official', 'clerk-7', '--name', 'Kim Clerk', '--office', 'civic-office', '--out', out], { stdio: 'ignore' });
  return readFileSync(out, 'utf8').trim();
}

/** Everybody signed in longer ago than changes allow. */
const grow_old = (directory) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', join(directory, 'abode.db'), 'UPDATE session SET begun_at = begun_at - 3600']);

/** A request of an official as a program makes it. */
async function staffProgram(register, test_staff) {
  const send = async (path, body, token) => {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(register + path, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });
    return answer.status === 204 ? null : answer.json();
  };
  const { token } = await send('/api/v1/staff/sessions', { test_staff });
  return (path, body) => send(path, body, token);
}

await run({
  'one record opens by its code, after a last look at what its holder will see': async ({ at, register, open }) => {
    const anna = await program(register);
    await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-01-02' });
    const page = await open();
    await page.goto(`${at}/app/staff`);
    await titled(page, signInTitle);
    await page.getByRole('button', { name: 'Sam Clerk' }).waitFor();
    await accessible(page, 'sign-in of officials');
    await page.getByRole('button', { name: 'Sam Clerk' }).click();
    await titled(page, 'Your work as an official');
    assert.equal(await focused(page), 'h1');
    assert.match(await page.locator('.desk .who').innerText(), /Sam Clerk\s+School Office/);
    assert.deepEqual(await shown(page, 'nav li'), ['Open a record', 'Identify somebody', 'Passkeys']);
    await accessible(page, 'start of officials');
    await page.getByRole('link', { name: 'Open a record' }).first().click();
    await titled(page, 'Open one record');
    await page.locator('#field-code').waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 0);
    await page.getByText('They choose the fields that it opens, and they see each time that it is used.').waitFor();
    await accessible(page, 'open');
    await suggestsNothing(page, ['code', 'reference']);
    await fillOpening(page, (await codeOf(anna)).toLowerCase().replace('-', ' '));
    await titled(page, 'The person will see this');
    await page.getByText('This is written into their history before anything is shown to you, whether the record opens or not.').waitFor();
    await accessible(page, 'check');
    const rows = await page.locator('#official-page .rows').innerText();
    for (const words of ['account clerk-school', 'The moment you open it', 'Enrolling a child at a school', 'S-2026/118', 'Family name, Date of birth, Address']) assert.ok(rows.includes(words), words);
    // What was typed is there again for somebody who goes back.
    await page.goBack();
    await titled(page, 'Open one record');
    await page.locator('#field-code').waitFor();
    assert.equal(await page.inputValue('#field-reference'), 'S-2026/118');
    assert.ok(await page.getByRole('checkbox', { name: 'Family name' }).isChecked());
    await press(page, 'Go on');
    await press(page, 'Open the record');
    await titled(page, 'The record');
    assert.equal(await focused(page), 'h1');
    await accessible(page, 'opened');
    const record = await page.locator('.opened').innerText();
    assert.match(record, /ERIKSSON[\s\S]*Sonnenallee 17b\s+12047 Berlin\s+Germany/);
    assert.ok(!record.includes('Date of birth'));
    await page.getByText('Not opened, because the person’s code leaves it out: Date of birth.').waitFor();
    await page.getByText('This was written to their history.').waitFor();
    const { entries } = await anna.get('/api/v1/history');
    const entry = entries.find(({ operation }) => operation === 'opening');
    assert.deepEqual([entry.actor, entry.reference, entry.purpose.id, entry.fields], ['clerk-school', 'S-2026/118', 'school-enrolment', ['family_name', 'main_address']]);
  },

  'what was opened is gone when the page is left, from memory, storage, print and the way back': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    await fillOpening(page, await codeOf(anna));
    await press(page, 'Open the record');
    await page.locator('.opened').waitFor();
    const kept = await page.evaluate(async () => {
      const stores = (await indexedDB.databases()).map(({ name }) => name);
      const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, stores, caches_, history.state, document.cookie]);
    });
    assert.ok(!/ERIKSSON|S-2026|staff\/openings/i.test(kept), kept);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.opened').isVisible(), false);
    assert.ok(await page.getByText('What was opened is not printed.').isVisible());
    await page.emulateMedia({ media: 'screen' });
    const nowhere = async () => assert.ok(!/ERIKSSON/i.test(await page.content()), page.url());
    await page.getByRole('link', { name: 'Done, close the record' }).click();
    await titled(page, 'Your work as an official');
    await nowhere();
    await page.goBack();
    await titled(page, 'Open one record');
    await page.locator('#field-code').waitFor();
    await nowhere();
    assert.equal(await page.inputValue('#field-code'), '');
    assert.equal(await page.inputValue('#field-reference'), '');
    await page.reload();
    await page.locator('#field-code').waitFor();
    await nowhere();
  },

  'a browser that keeps pages for "back" does not keep the record': async ({ at, register }) => {
    const anna = await program(register);
    await keepingPages(async (page, awayAndBack) => {
      await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
      await fillOpening(page, await codeOf(anna));
      await press(page, 'Open the record');
      await page.locator('.opened').waitFor();
      await awayAndBack(`${at}/privacy`);
      await titled(page, 'The record is closed');
      assert.ok(!/ERIKSSON/i.test(await page.content()));
    });
  },

  'nor the new code of somebody who lost theirs, nor the number of their card': async ({ at, register }) => {
    const { card } = await (await program(register)).get('/api/v1/me');
    await keepingPages(async (page, awayAndBack) => {
      await work(page, at, 'Robin Registrar', 'staff/identify', 'Somebody lost their code');
      for (const field of ['card', 'card_again']) await page.fill(`#field-${field}`, card);
      await page.fill('#field-reference', 'C-2026/7');
      await press(page, 'Make a new activation code');
      const code = await page.locator('.big-code').innerText();
      await awayAndBack(`${at}/privacy`);
      await page.getByText('You left the page, so the code that it showed is gone.').waitFor();
      assert.ok(!(await page.content()).includes(code));
      for (const field of ['card', 'card_again', 'reference']) assert.equal(await page.inputValue(`#field-${field}`), '');
    });
  },

  'what was typed for an opening is in no address and no storage, and forgotten by who goes elsewhere': async ({ at, register, open }) => {
    const code = await codeOf(await program(register));
    const page = await open();
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    await fillOpening(page, code);
    await titled(page, 'The person will see this');
    assert.equal(page.url(), `${at}/app/staff/open/check`);
    const kept = await stored(page);
    assert.ok(!kept.includes(code) && !kept.includes('S-2026'), kept);
    await page.getByRole('link', { name: 'Passkeys' }).first().click();
    await titled(page, 'Your passkeys as an official');
    await page.getByRole('link', { name: 'Open a record' }).first().click();
    await titled(page, 'Open one record');
    await page.locator('#field-code').waitFor();
    for (const field of ['code', 'purpose', 'reference']) assert.equal(await page.inputValue(`#field-${field}`), '');
  },

  'an opening whose answer was lost is sent again as the same one': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    await fillOpening(page, await codeOf(anna));
    const keys = [];
    let lost = true;
    await page.route('**/api/v1/staff/openings', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (!lost) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Open the record' }).dblclick();
    await page.getByRole('button', { name: 'Open the record', disabled: true }).waitFor();
    await page.locator('.summary').waitFor();
    lost = false;
    await press(page, 'Open the record');
    await titled(page, 'The record');
    // Three tries of its own for the first press, however often it is pressed; one for the second. All are one request.
    assert.equal(keys.length, 4);
    assert.equal(new Set(keys).size, 1);
    // What is read again stands again in the history (decision 15).
    const { entries } = await anna.get('/api/v1/history');
    assert.equal(entries.filter(({ operation }) => operation === 'opening').length, keys.length);
    // The next opening begins with nothing of this one.
    await page.getByRole('link', { name: 'Open a record' }).first().click();
    await titled(page, 'Open one record');
    await page.locator('#field-code').waitFor();
    for (const field of ['code', 'reference']) assert.equal(await page.inputValue(`#field-${field}`), '');
  },

  'nobody proposes a role for themself, nor approves one of their own': async ({ at, open }) => {
    const kim = await open();
    await work(kim, at, 'Kim Supervisor', 'staff/roles', 'Who may do what');
    await kim.locator('#field-official').waitFor();
    const whom = await kim.locator('#field-official option').evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(whom.includes('clerk-school') && !whom.includes('supervisor-school'), whom.join());
    await kim.selectOption('#field-official', 'clerk-school');
    await kim.getByRole('radio', { name: 'Auditor' }).check();
    await press(kim, 'Propose this role');
    await faults(kim, [['An auditor has no other role. Have the other one revoked first.', 'role']]);
    const lee = whom.find((account) => account.startsWith('supervisor-'));
    assert.ok(lee);
    await kim.selectOption('#field-official', lee);
    await kim.getByRole('radio', { name: 'Reviewer' }).check();
    await press(kim, 'Propose this role');
    await kim.getByText('Somebody else has to approve it.').waitFor();
    const page = await open();
    await work(page, at, 'Lee Supervisor', 'staff/roles', 'Who may do what');
    await page.getByText('Somebody else has to approve it.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Approve/ }).count(), 0);
  },

  'wrong input is said at each field, and stays': async ({ at, open }) => {
    const page = await open();
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    await press(page, 'Go on');
    await faults(page, [['Type the code that the person gave you', 'code'], ['Choose what the record is opened for'], ['Give the number of your file: the person will see it']]);
    await accessible(page, 'open with errors');
    await page.fill('#field-code', '7K2PD-XQ0M');
    await page.selectOption('#field-purpose', 'tax-residence');
    await page.fill('#field-reference', 'ф'.repeat(33));
    await press(page, 'Go on');
    await faults(page, [['An opening code has ten letters and digits, such as 7K2PD-XQ0MV. Ask the person to read it to you once more.', 'code'], ['This reference is too long. The number of the file is enough.'], ['Choose the fields that you need, at least one']]);
    assert.equal(await page.inputValue('#field-code'), '7K2PD-XQ0M');
    await page.fill('#field-code', '7K2PD-XQ0MV');
    await page.fill('#field-reference', 'S-2026\u0085118');
    await page.getByRole('checkbox', { name: 'Family name', exact: true }).check();
    await press(page, 'Go on');
    await page.getByText('There is a character in this that cannot be seen.').first().waitFor();
    await faults(page, [['There is a character in this that cannot be seen. Type it anew, on one line.', 'reference']]);
    // The fields are those of the purpose alone.
    assert.deepEqual(await shown(page, '.choice label'), ['Family name', 'Given names', 'Address', 'Living there since', 'Other addresses']);
    await page.goto(`${at}/app/staff/open/check`);
    await titled(page, 'Open one record');
  },

  'a code that misses, one that is refused and a blocked official read the same': async ({ at, register, open }) => {
    const anna = await program(register);
    const page = await open();
    const refusal = async (code, fields) => {
      await page.goto(`${at}/app/staff/open`);
      await page.locator('#field-code').waitFor();
      await fillOpening(page, code, fields);
      await titled(page, 'The person will see this');
      await press(page, 'Open the record');
      await page.locator('.summary').waitFor();
      return page.locator('#official-page').innerText().then((text) => text.replace(code, 'CODE'));
    };
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    const missed = await refusal('7K2PD-XQ0MV');
    assert.match(missed, /This code opened nothing/);
    await accessible(page, 'refused');
    await page.getByRole('link', { name: 'Change something' }).click();
    await page.locator('#field-code').waitFor();
    assert.equal(await page.inputValue('#field-code'), '7K2PD-XQ0MV');
    const refused = await refusal(await codeOf(anna, ['birth_date']), ['Family name', 'Address', 'Date of birth'].slice(0, 2));
    const clerk = await staffProgram(register, 'clerk-school');
    for (let i = 0; i < 20; ++i) await clerk('/api/v1/staff/openings', { code: '7K2PD-XQ0MV', purpose: 'school-enrolment', reference: 'x', fields: ['family_name'] });
    const blocked = await refusal(await codeOf(anna), ['Family name', 'Address']);
    assert.equal(blocked, refused);
    assert.equal(refused.replace('Family name, Address', ''), missed.replace('Family name, Date of birth, Address', ''));
  },

  'somebody who lost their code is given another, once': async ({ at, register, directory, open }) => {
    const anna = await program(register);
    const { card } = await anna.get('/api/v1/me');
    const page = await open();
    await work(page, at, 'Robin Registrar', 'staff/identify', 'Somebody lost their code');
    await page.getByText('are written into their history, and they are told at once.').waitFor();
    await accessible(page, 'identify');
    await suggestsNothing(page, ['card', 'card_again', 'reference']);
    const button = 'Make a new activation code';
    await press(page, button);
    await faults(page, [['Type the number of your card', 'card'], ['Give the number of your file: the person will see it']]);
    await page.fill('#field-card', card);
    await page.fill('#field-card_again', `${card}1`);
    await page.fill('#field-reference', 'C-2026/7');
    await press(page, button);
    await faults(page, [['The two numbers differ. Compare both with the card.', 'card_again']]);
    await accessible(page, 'identify with an error');
    await page.fill('#field-card_again', card.toLowerCase().replace(/(...)/, '$1 '));
    // Long after the sign-in it takes another one, in place.
    grow_old(directory);
    await press(page, button);
    await titled(page, 'Show once more that it is you');
    await accessible(page, 'sign-in once more');
    assert.ok(!(await stored(page)).toUpperCase().includes(card.toUpperCase()));
    await page.getByRole('button', { name: 'Robin Registrar' }).click();
    await titled(page, 'Hand this to the person');
    await accessible(page, 'new code');
    const code = await page.locator('.big-code').innerText();
    assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.big-code').isVisible());
    await page.emulateMedia({ media: 'screen' });
    const { entries } = await anna.get('/api/v1/history');
    assert.ok(entries.some(({ operation, actor, reference }) => operation === 'identified-in-person' && actor === 'clerk-civic' && reference === 'C-2026/7'));
    assert.ok(!(await stored(page)).includes(code));
    await press(page, 'Done, close this page');
    await titled(page, 'Your work as an official');
    await page.goBack();
    assert.ok(!(await page.content()).includes(code));
  },

  'another official does not send what a colleague typed': async ({ at, register, directory, open }) => {
    const { card } = await (await program(register)).get('/api/v1/me');
    const page = await open();
    await work(page, at, 'Robin Registrar', 'staff/identify', 'Somebody lost their code');
    for (const field of ['card', 'card_again']) await page.fill(`#field-${field}`, card);
    await page.fill('#field-reference', 'C-2026/7');
    grow_old(directory);
    await press(page, 'Make a new activation code');
    await titled(page, 'Show once more that it is you');
    await page.getByRole('button', { name: 'Sam Clerk' }).click();
    await titled(page, 'Your work as an official');
    assert.match(await page.locator('.desk .who').innerText(), /Sam Clerk/);
    const { entries } = await (await program(register)).get('/api/v1/history');
    assert.ok(!entries.some(({ operation }) => operation === 'identified-in-person'));
  },

  'a role takes two supervisors, and one takes it back': async ({ at, open }) => {
    const kim = await open();
    await work(kim, at, 'Kim Supervisor', 'staff/roles', 'Who may do what');
    await kim.getByText('No role waits for its approval.').waitFor();
    await accessible(kim, 'roles');
    await press(kim, 'Propose this role');
    await faults(kim, [['Choose an official', 'official'], ['Choose one of the roles']]);
    await kim.selectOption('#field-official', 'clerk-school');
    await kim.getByRole('radio', { name: 'Clerk' }).check();
    await press(kim, 'Propose this role');
    await faults(kim, [['They have this role. There is nothing to propose.', 'role']]);
    await kim.getByRole('radio', { name: 'Reviewer' }).check();
    await press(kim, 'Propose this role');
    await kim.getByText('Proposed. Another supervisor can approve it within seven days.').waitFor();
    assert.equal(await kim.evaluate(() => document.activeElement?.className), 'note good');
    await kim.getByText('Somebody else has to approve it.').waitFor();
    assert.equal(await kim.getByRole('button', { name: /^Approve/ }).count(), 0);
    await accessible(kim, 'roles with a proposal');

    const lee = await open();
    await work(lee, at, 'Lee Supervisor', 'staff/roles', 'Who may do what');
    await lee.getByText('Proposed by Kim Supervisor (supervisor-school, School Office of Utopia)').waitFor();
    await lee.getByRole('button', { name: /^Approve/ }).click();
    await lee.getByText('Approved. The role is good from now on.').waitFor();
    await kim.getByRole('button', { name: /^Take back/ }).click();
    await kim.getByText('This is not there any more').first().waitFor();
    await lee.getByRole('button', { name: 'Revoke Reviewer for Sam Clerk' }).click();
    await lee.getByText('It ends at once.').waitFor();
    await lee.waitForFunction(() => document.activeElement?.className === 'note ask');
    await accessible(lee, 'revoke, asked once more');
    await press(lee, 'Leave it as it is');
    await lee.getByRole('button', { name: 'Revoke Reviewer for Sam Clerk' }).click();
    await lee.getByRole('button', { name: 'Revoke Reviewer for Sam Clerk' }).click();
    await lee.getByText('Revoked. The role ended at once.').waitFor();
    await lee.getByRole('button', { name: 'Revoke Reviewer for Sam Clerk' }).waitFor({ state: 'detached' });
  },

  'an auditor looks and changes nothing, and nobody gets at pages of other roles': async ({ at, open }) => {
    // Colours of a page that is still coming in are not its own.
    const page = await open({ reducedMotion: 'reduce' });
    await work(page, at, 'Max Auditor', 'staff/roles', 'Who may do what');
    await page.getByRole('heading', { name: 'Sam Clerk' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Revoke|Approve|Propose/ }).count(), 0);
    assert.deepEqual(await shown(page, 'nav li'), ['Roles', 'Passkeys']);
    await accessible(page, 'roles for an auditor');
    await page.goto(`${at}/app/staff/open`);
    await page.getByText('Opening a record takes the role of clerk or reviewer.').waitFor();
    assert.equal(await page.locator('#field-code').count(), 0);
    await accessible(page, 'not for an auditor');
  },

  'an invitation lets in once, for a passkey; the passkey lets in from then on': async ({ register: at, directory, open, prepared: invitation }) => {
    // A passkey is bound to the address that the register knows as its own.
    const page = await open();
    const device = await giveAuthenticator(page);
    const accept = async (line) => {
      await page.goto(`${at}/app/staff`);
      await page.getByRole('link', { name: 'I have an invitation from my operator' }).click();
      await titled(page, 'Your invitation');
      await page.fill('#field-invitation', line);
      await press(page, 'Use the invitation');
    };
    await page.goto(`${at}/app/staff/invitation`);
    await titled(page, 'Your invitation');
    await accessible(page, 'invitation');
    await suggestsNothing(page, ['invitation']);
    await press(page, 'Use the invitation');
    await faults(page, [['Type or paste the line of your invitation', 'invitation']]);
    await page.fill('#field-invitation', 'too short');
    await press(page, 'Use the invitation');
    await page.getByText('An invitation is one line of 43').first().waitFor();
    await accept(invitation);
    await titled(page, 'Add your passkey');
    assert.ok(!(await stored(page)).includes(invitation));
    await accessible(page, 'first passkey');
    // There is nothing else that they can do.
    await page.goto(`${at}/app/staff/open`);
    await titled(page, 'Add your passkey');
    await press(page, 'Add a passkey on this device');
    await faults(page, [['Give the passkey a name that you will know it by', 'name']]);
    await page.fill('#field-name', 'Key at the counter');
    await press(page, 'Add a passkey on this device');
    await titled(page, 'Your passkey is there');
    await accessible(page, 'first passkey added');
    assert.equal(await device.count(), 1);
    await page.getByRole('link', { name: signInTitle }).click();
    await titled(page, signInTitle);
    // Nobody comes in who only holds the phone.
    await device.verifiesItsPerson(false);
    await press(page, 'Use an official’s passkey');
    await page.getByText('No passkey was used').waitFor();
    await accessible(page, 'sign-in of officials with an error');
    await device.verifiesItsPerson(true);
    await press(page, 'Use an official’s passkey');
    await titled(page, 'Your work as an official');
    await page.getByText('You have no role yet').waitFor();
    await accessible(page, 'start without a role');

    await page.getByRole('link', { name: 'Passkeys' }).first().click();
    await titled(page, 'Your passkeys as an official');
    await page.getByRole('heading', { name: 'Key at the counter' }).waitFor();
    await page.getByText(/Last used in \w+ \d{4}\./).waitFor();
    await accessible(page, 'passkeys');
    await page.getByRole('button', { name: /^Remove it/ }).click();
    await page.getByRole('button', { name: /^Remove it/ }).click();
    await page.getByText('Nothing else would let you in.').first().waitFor();
    await page.fill('#field-name', 'Once more');
    await press(page, 'Add a passkey on this device');
    await page.getByText('This device has a passkey of yours already.').waitFor();
    // Long after the sign-in it takes another one, in place.
    grow_old(directory);
    await press(page, 'Add a passkey on this device');
    await titled(page, 'Show once more that it is you');
    await press(page, 'Use an official’s passkey');
    await titled(page, 'Error: Your passkeys as an official');
    await page.getByText('This device has a passkey of yours already.').waitFor();

    // A device that lost it may have another.
    await device.forget();
    await press(page, 'Add a passkey on this device');
    await page.getByText('“Once more” was added. It lets you in from now on.').waitFor();
    await page.waitForFunction(() => document.activeElement?.className === 'note good');
    assert.equal(await page.inputValue('#field-name'), '');

    await press(page, 'Sign out');
    await titled(page, signInTitle);
    await accept(invitation);
    await faults(page, [['This invitation does not let you in: it was used, it is over, or there is a slip in it. If you did not use it yourself, tell your operator at once.', 'invitation']]);
    await accessible(page, 'invitation refused');
  },

  'who waited too long after an invitation hears so, and is not asked for a passkey that they do not have': async ({ register: at, directory, open, prepared: invitation }) => {
    const page = await open();
    await giveAuthenticator(page);
    await page.goto(`${at}/app/staff/invitation`);
    await page.fill('#field-invitation', invitation);
    await press(page, 'Use the invitation');
    await titled(page, 'Add your passkey');
    execFileSync('sqlite3', ['-cmd', '.timeout 5000', join(directory, 'abode.db'), 'UPDATE session SET expires_at = begun_at - 1']);
    await page.fill('#field-name', 'Key at the counter');
    await press(page, 'Add a passkey on this device');
    await page.locator('.summary').getByText('The hour of your invitation is over').waitFor();
    assert.equal(await page.inputValue('#field-name'), 'Key at the counter');
    await accessible(page, 'invitation that is over');
  },

  'an official and a resident in one browser are two': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/staff`);
    await titled(page, signInTitle);
    assert.equal(await page.getByRole('button', { name: 'Leave quickly' }).count(), 0);
    await page.getByRole('button', { name: 'Sam Clerk' }).click();
    await titled(page, 'Your work as an official');
    assert.ok(!/Eriksson/i.test(await page.locator('body').innerText()));
    await page.goto(`${at}/app/home`);
    await titled(page, 'Your residence');
    assert.ok(!/Sam Clerk/i.test(await page.locator('body').innerText()));
    await page.goto(`${at}/app/staff`);
    await titled(page, 'Your work as an official');
    await press(page, 'Sign out');
    await titled(page, signInTitle);
    await page.goto(`${at}/app/home`);
    await titled(page, 'Your residence');
    // A sign-in in front of the page would be titled a moment later.
    assert.equal(await page.evaluate(() => fetch('/api/v1/me').then(({ status }) => status)), 200);
  },

  'without a connection nothing is pretended, and what was typed stays': async ({ at, register, open }) => {
    const code = await codeOf(await program(register));
    const page = await open();
    await work(page, at, 'Sam Clerk', 'staff/open', 'Open one record');
    await fillOpening(page, code);
    await titled(page, 'The person will see this');
    await page.getByRole('button', { name: 'Open the record' }).waitFor();
    await page.context().setOffline(true);
    await press(page, 'Sign out');
    await page.getByText('You are still signed in.').waitFor();
    await accessible(page, 'still signed in');
    await press(page, 'Open the record');
    // Not the fault of the sign-out, which says the same: this opening is over before there is a connection again.
    await page.locator('.summary li').getByText('There is no connection to the register.').waitFor();
    await page.context().setOffline(false);
    await press(page, 'Open the record');
    await titled(page, 'The record');
  },
}, { prepare: invite });
