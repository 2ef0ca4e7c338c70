import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { door } from './door.mjs';
import { accessible, faults, focused, run, titled, typeDay } from './harness.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const follow = (page, name) => page.getByRole('link', { name, exact: true }).first().click();

/** After the button, just these faults are shown, by their fields. */
async function wrong(page, expected, button) {
  await press(page, button);
  await faults(page, Object.entries(expected).map(([field, text]) => [text, field]));
}

/** What ZBar reads in a picture of the screen. */
async function scanned(page) {
  const picture = await page.locator('svg.qr').screenshot();
  const read = execFileSync('zbarimg', ['--nodbus', '--quiet', '--raw', '--oneshot', '-Sbinary', 'png:-'], { input: picture });
  return new TextDecoder().decode(read);
}

/** The file that a press on a button gives. */
async function fileFrom(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
  return { name: download.suggestedFilename(), path: await download.path(), text: readFileSync(await download.path(), 'utf8') };
}

const fits = async (page) => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, await page.title());

async function goto(page, at, path, title) {
  await page.goto(`${at}/app/${path}`);
  await titled(page, title);
}

async function countDays(page, place, day, citizenship) {
  await page.selectOption('#field-place', place);
  await typeDay(page, 'day', day);
  if (citizenship !== undefined) await page.selectOption('#field-citizenship', citizenship);
  await press(page, 'Count the days');
  await page.locator('.great').waitFor();
  return page.locator('.great').innerText();
}

const mrz = (nationality) => `P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36${nationality}7408122F1204159ZE184226B<<<<<10`;

async function fillTrip(page) {
  await follow(page, 'Fill in the trip');
  await titled(page, 'The trip');
  await typeDay(page, 'entry', [10, 12, 2099]);
  await page.fill('#field-time', '14.30');
  await typeDay(page, 'last_day', [28, 2, 2100]);
  await page.selectOption('#field-purpose', 'work');
  await page.fill('#field-lines', 'ул. Новаторов, д. 7\n117421 Москва');
  await press(page, 'Keep it and go back');
  await titled(page, 'The arrival form');
}

async function fillPerson(page, { nationality, citizenship = '' }) {
  await press(page, 'Add a person');
  await page.locator('#field-p0\\.family').waitFor();
  await page.getByText('Fill it in from the document').click();
  await page.fill('#field-zone', mrz(nationality));
  await press(page, 'Fill in the fields');
  await page.getByText('The fields are filled in.').waitFor();
  if (citizenship) await page.selectOption('[id="field-p0.citizenship"]', citizenship);
  await typeDay(page, 'p0.expiry', [15, 4, 2101]);
  await press(page, 'Keep it and go back');
  await titled(page, 'The arrival form');
}

const account = {
  name: 'УФК по г. Москве (ИФНС № 46)', account: '03100643000000017300', bankName: 'ГУ БАНКА РОССИИ ПО ЦФО', bic: '004525988',
  correspondentAccount: '40102 81054 53700 00003',
};

async function fillAll(page, fields) {
  for (const [field, value] of Object.entries(fields)) await page.fill(`#field-${field}`, value);
}

/** What lies on the device: addresses and bodies of caches, storage, and what the browser shows and remembers of places. */
function traces(page) {
  return page.evaluate(async () => {
    const cached = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) cached.push(new URL(request.url).pathname, await (await cache.match(request)).text());
    }
    return {
      cached, stored: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, databases: (await indexedDB.databases()).length,
      place: [location.href, document.title, JSON.stringify(history.state), document.referrer],
    };
  });
}

/** All three helpers, used by a citizen of somewhere. Says what went through the door, and where the page was. */
async function wholeStory(inside, open, who) {
  const { at, seen, stop } = await door(inside);
  const page = await open({ serviceWorkers: 'allow' });
  const asked = [];
  const places = [];
  page.context().on('request', (request) => asked.push(request.url()));
  page.on('framenavigated', (frame) => places.push(frame.url()));
  await goto(page, at, 'helpers', 'Around a move');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await follow(page, 'By when to register');
  await titled(page, 'By when to register');
  await page.locator('option[value="moscow-model"]').waitFor({ state: 'attached' });
  // All of it is here now: what comes from now on is for what was typed.
  const before = seen.length;
  await countDays(page, 'moscow-model', [20, 11, 2026], who.citizenship);
  const calendar = await fileFrom(page, 'Put it into my calendar');
  await goto(page, at, 'arrival', 'The arrival form');
  await fillTrip(page);
  await fillPerson(page, who);
  await follow(page, 'Show and keep it');
  await titled(page, 'Your arrival form');
  await page.locator('svg.qr').waitFor();
  const file = await fileFrom(page, 'Keep it as a file');
  const inForm = await traces(page);
  await goto(page, at, 'payment/account', 'Slip for a Russian account');
  await fillAll(page, account);
  await page.getByText('Who pays', { exact: true }).click();
  await fillAll(page, { lastName: 'Eriksson', payerIdNumber: 'L898902C3' });
  await press(page, 'Make the slip');
  await page.locator('svg.qr').waitFor();
  const inSlip = await traces(page);
  await page.waitForTimeout(300);
  stop();
  await page.context().close();
  const own = new RegExp(at, 'g');
  return { seen, later: seen.slice(before), asked: asked.map((url) => url.replace(own, '')), places: places.map((url) => url.replace(own, '')), calendar, file, inForm, inSlip };
}

await run({
  'the helpers are found from the start and from home': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, '', 'Where you live, on your own word');
    await follow(page, 'Deadlines, payment slips and an arrival form');
    await titled(page, 'Around a move');
    assert.equal(await focused(page), 'h1');
    await accessible(page, 'helpers');
    await fits(page);
    for (const name of ['By when to register', 'The arrival form', 'A payment slip with a QR code']) {
      await follow(page, name);
      await titled(page, name);
      await follow(page, 'Around a move');
      await titled(page, 'Around a move');
    }
    await page.goto(`${at}/app/`);
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).click();
    await titled(page, 'Your residence');
    await follow(page, 'Deadlines, payment slips and an arrival form');
    await titled(page, 'Around a move');
  },

  'a deadline is counted, with its why': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await goto(page, at, 'deadlines', 'By when to register');
    await page.locator('option[value="germany"]').waitFor({ state: 'attached' });
    await accessible(page, 'deadlines');
    assert.equal(await countDays(page, 'germany', [20, 11, 2026]), 'Friday, 4 December 2026');
    assert.equal(await focused(page), 'answer');
    assert.equal(await page.locator('#field-citizenship').count(), 0);
    const how = page.locator('.steps');
    await how.getByText('Every day counts, days off too: the period of 2 weeks ends on Friday, 4 December 2026.').waitFor();
    await page.locator('dd [lang=en]').getByText('Bundesmeldegesetz, section 17 (1)').waitFor();
    await accessible(page, 'an answer');
    await fits(page);
    const calendar = await fileFrom(page, 'Put it into my calendar');
    assert.equal(calendar.name, 'last-day.ics');
    assert.match(calendar.text, /^DTSTART;VALUE=DATE:20261204\r$/m);
    assert.match(calendar.text, /^SUMMARY:Last day to register: Germany\r$/m);
    // Another day makes the answer go: it is none for what stands above it.
    await page.fill('#field-day', '21');
    await page.locator('.great').waitFor({ state: 'detached' });
    assert.equal(await countDays(page, 'germany', [11, 12, 2026]), 'Monday, 28 December 2026');
  },

  'a citizenship is asked for only where it matters, and sources that differ are told': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, 'deadlines', 'By when to register');
    assert.equal(await countDays(page, 'moscow-model', [20, 11, 2026]), 'Monday, 30 November 2026');
    assert.equal(await countDays(page, 'moscow-model', [20, 11, 2026], 'TV'), 'Monday, 30 November 2026');
    assert.equal(await countDays(page, 'moscow-model', [20, 11, 2026], 'UZ'), 'Friday, 4 December 2026');
    assert.equal(await page.getByText('Sources differ. This').count(), 0);
    assert.equal(await countDays(page, 'moscow-model', [20, 11, 2026], 'BY'), 'Saturday, 19 December 2026');
    await page.getByText('Sources differ. This is the earliest of 2 answers: if you keep it, you are in time by all of them.').waitFor();
    await page.getByText('By this rule the last day is Wednesday, 17 February 2027.').waitFor();
    await page.locator('[lang=en]').getByText('For citizens of Belarus sources differ').waitFor();
    await page.locator('[lang=en]').getByText('The profile is a model without legal effect.').waitFor();
    await accessible(page, 'answers that differ');
    const names = await page.locator('#field-citizenship option').allTextContents();
    assert.ok(names.includes('Tuvalu') && names.includes('Uzbekistan') && names.length > 240);
  },

  'countries have names where the browser knows none': async ({ at, open }) => {
    const page = await open();
    await page.addInitScript(() => delete Intl.DisplayNames);
    await goto(page, at, 'deadlines', 'By when to register');
    await page.selectOption('#field-place', 'moscow-model');
    const names = await page.locator('#field-citizenship option').allTextContents();
    assert.ok(names.includes('Uzbekistan') && names.includes('TV'));
  },

  'what cannot be counted is said at its field': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, 'deadlines', 'By when to register');
    await page.locator('option[value="germany"]').waitFor({ state: 'attached' });
    await typeDay(page, 'day', ['', '', '']);
    await wrong(page, { place: 'Choose the place whose rules apply', day: 'Type the day that the count begins with' }, 'Count the days');
    await accessible(page, 'deadlines with errors');
    await page.selectOption('#field-place', 'moscow-model');
    await typeDay(page, 'day', [31, 2, 2026]);
    await wrong(page, { day: 'The calendar has no such day. Type day, month and year as numbers, such as 27 3 2026.' }, 'Count the days');
    await typeDay(page, 'day', [1, 1, 2001]);
    await wrong(page, { day: 'No rule that we know was in force on this day. Give a later one, or ask the office.' }, 'Count the days');
    await typeDay(page, 'day', [1, 6, 2044]);
    await wrong(page, { day: 'We do not know the days off of 2044 yet. Give an earlier day, or count by hand.' }, 'Count the days');
  },

  'the payment for a permit goes into a slip that says it is a model': async ({ at, open }) => {
    const page = await open({ deviceScaleFactor: 3 });
    await goto(page, at, 'payment', 'A payment slip with a QR code');
    await accessible(page, 'payment');
    await follow(page, 'The monthly payment for a work permit in Moscow');
    await titled(page, 'Monthly payment for a work permit');
    await page.fill('#field-months', '13');
    await wrong(page, { year: 'Choose the year', months: 'Type a whole number of months from 1 to 12' }, 'Work it out');
    await accessible(page, 'permit with errors');
    await page.getByLabel('2026').check();
    await page.fill('#field-months', '3');
    await press(page, 'Work it out');
    await page.locator('.great').waitFor();
    assert.equal(await page.locator('.great').innerText(), '30\u00a0000.00 roubles');
    assert.match(await page.locator('.card').innerText(), /Model: no legal effect[^]*1200 roubles × 2\.842 [^]*× 2\.9323/);
    await accessible(page, 'permit');
    await press(page, 'Make a slip of this amount');
    await titled(page, 'Slip for a Russian account');
    assert.equal(await page.inputValue('#field-amount'), '30000.00');
    await fillAll(page, account);
    await press(page, 'Make the slip');
    await titled(page, 'Your payment slip');
    await page.locator('svg.qr').waitFor();
    assert.match(await page.locator('.slip').innerText(), /^Model: no legal effect/);
    const text = `ST00012|Name=${account.name}|PersonalAcc=${account.account}|BankName=${account.bankName}|BIC=004525988|CorrespAcc=40102810545370000003|Sum=3000000|Purpose=Фиксированный авансовый платёж по НДФЛ за патент`;
    assert.equal(await scanned(page), text);
    await accessible(page, 'slip');
    await fits(page);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('svg.qr').isVisible());
    assert.ok(!(await page.getByRole('button', { name: 'Print' }).isVisible()));
    await page.emulateMedia({ media: 'screen' });
    const picture = await fileFrom(page, 'Save the code as a picture (SVG)');
    assert.match(picture.text, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 (\d+) \1"/);
    await press(page, 'Change it');
    await titled(page, 'Slip for a Russian account');
    assert.equal(await page.inputValue('#field-name'), account.name);
    assert.deepEqual(Object.keys((await traces(page)).stored), []);
    await goto(page, at, 'payment/account', 'Slip for a Russian account');
    assert.equal(await page.inputValue('#field-name') + await page.inputValue('#field-amount'), '');
  },

  'a slip for a Russian account tells each thing that is wrong': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await goto(page, at, 'payment/account', 'Slip for a Russian account');
    await accessible(page, 'account');
    const needed = 'This is needed. Copy it from the bill or notice that you have.';
    await wrong(page, { name: needed, account: needed, bankName: needed, bic: needed, correspondentAccount: needed }, 'Make the slip');
    await accessible(page, 'account with errors');
    await fillAll(page, { ...account, bic: '12345', amount: '12,345.00' });
    await page.getByText('For taxes and fees').click();
    await fillAll(page, { kpp: '77x', payeeInn: '1'.repeat(13), oktmo: 'x' });
    await wrong(page, {
      bic: 'This has exactly 9 digits and nothing else. Copy it from the bill or notice.',
      amount: 'Type the amount as a number with at most two digits after the point, such as 1234.50',
      payeeInn: 'This has 12 characters at most. Shorten it.',
      kpp: 'This has exactly 9 digits and nothing else. Copy it from the bill or notice.',
      oktmo: 'This has digits only, 11 at most.',
    }, 'Make the slip');
    await fits(page);
    await fillAll(page, { bic: '004525988', amount: '', kpp: '', payeeInn: '', oktmo: '', purpose: '|~^#;!*_$%' });
    await press(page, 'Make the slip');
    await page.locator('.summary').getByText('There are too many different special signs in the fields for one code.').waitFor();
    await fillAll(page, { purpose: 'ж'.repeat(210), name: 'ж'.repeat(160) });
    await page.getByText('Who pays', { exact: true }).click();
    await fillAll(page, { lastName: 'ж'.repeat(160) });
    await press(page, 'Make the slip');
    await page.locator('.summary').getByText('All this together is too much for one code').waitFor();
  },

  'a transfer in euros checks the IBAN, and its code is read from the screen': async ({ at, open }) => {
    const page = await open({ deviceScaleFactor: 3 });
    await goto(page, at, 'payment/transfer', 'Slip for a transfer in euros');
    await accessible(page, 'transfer');
    const needed = 'This is needed. Copy it from the bill or notice that you have.';
    await wrong(page, { name: needed, iban: needed, amount: 'Type the amount' }, 'Make the slip');
    await fillAll(page, { name: 'Red Cross of Belgium', iban: 'BE73 0000 0000 1616', amount: '0' });
    await page.getByText('More', { exact: true }).click();
    await fillAll(page, { bic: 'BPOT' });
    await page.getByLabel('A reference of the bill').check();
    await fillAll(page, { reference: 'RF19539007547034' });
    await wrong(page, {
      bic: 'A BIC has 8 or 11 letters and digits, such as MARKDEFF. Compare it, or leave it empty.',
      iban: 'The check digits of this IBAN are not right: a character in it is wrong, missing or in another place. Compare it with the bill.',
      amount: 'Type the amount as a number with at most two digits after the point, such as 1234.50',
      reference: 'The check digits of this reference are not right. Compare it with the bill, character by character.',
    }, 'Make the slip');
    await accessible(page, 'transfer with errors');
    await fillAll(page, { iban: 'be72 0000 0000 1616', amount: '12,3', bic: '', reference: 'RF18539007547034' });
    await press(page, 'Make the slip');
    await titled(page, 'Your payment slip');
    await page.locator('svg.qr').waitFor();
    assert.equal(await scanned(page), 'BCD\n002\n1\nSCT\n\nRed Cross of Belgium\nBE72000000001616\nEUR12.30\n\nRF18539007547034');
    assert.match(await page.locator('.slip').innerText(), /12\.30 euros[^]*BE72 0000 0000 1616/);
    await accessible(page, 'transfer slip');
    assert.deepEqual(Object.keys((await traces(page)).stored), []);
  },

  'an arrival form is filled in from a document, shown, kept and opened again': async ({ at, open }) => {
    const page = await open({ deviceScaleFactor: 3 });
    await goto(page, at, 'arrival', 'The arrival form');
    await accessible(page, 'arrival');
    await page.getByText('Say when you arrive, and this tells you by when to file.').waitFor();
    await fillTrip(page);
    assert.equal(await page.locator('.great').innerText(), 'Monday, 7 December 2099, 14:30, Moscow time');
    await fillPerson(page, { nationality: 'TUV' });
    await page.getByText('Nothing is missing.').waitFor();
    await accessible(page, 'a whole form');
    await follow(page, 'Show and keep it');
    await titled(page, 'Your arrival form');
    await page.locator('svg.qr').waitFor();
    await accessible(page, 'the form shown');
    await fits(page);
    const rows = JSON.parse(await scanned(page));
    assert.deepEqual(rows, ['abode-arrival', 1, '209912101430', '21000228', 0, 0, 'RU', ['ул. Новаторов, д. 7', '117421 Москва'],
      [['ERIKSSON', 'ANNA MARIA', '19740812', 0, 'TV', 0, 'L898902C3', '21010415', 0, 0]]]);
    assert.match(await page.locator('.slip').innerText(), /Model: no legal effect[^]*ANNA MARIA ERIKSSON[^]*Tuvalu[^]*Passport L898902C3, valid until 15 April 2101/);
    const kept = await fileFrom(page, 'Keep it as a file');
    assert.equal(kept.name, 'arrival-form.json');
    await follow(page, 'The arrival form');
    await titled(page, 'The arrival form');
    await press(page, 'Remove all this from this device');
    await press(page, 'No, keep it');
    await press(page, 'Remove all this from this device');
    await press(page, 'Yes, remove it');
    await page.getByText('It is removed').waitFor();
    assert.deepEqual(Object.keys((await traces(page)).stored), []);
    await page.getByText('Open a form that you kept').click();
    await press(page, 'Open it');
    await page.locator('.summary').getByText('Choose the file first').waitFor();
    const given = async (content) => {
      await page.setInputFiles('#field-file', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(content) });
      await press(page, 'Open it');
    };
    await given('{}');
    await page.locator('.summary').getByText('This file is no arrival form.').waitFor();
    await given(kept.text.replace('"version": 1', '"version": 2'));
    await page.locator('.summary').getByText('made by a newer version').waitFor();
    await given(kept.text.replace('1974-08-12', '1974-02-31'));
    await page.locator('.summary').getByText('travellers.0.birth').waitFor();
    await given(' '.repeat(70_000));
    await page.locator('.summary').getByText('too large').waitFor();
    await accessible(page, 'a file that is none');
    await given(kept.text);
    await page.getByText('The form from the file is here now.').waitFor();
    await follow(page, 'Show and keep it');
    await page.locator('svg.qr').waitFor();
    assert.deepEqual(JSON.parse(await scanned(page)), rows);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('svg.qr').isVisible());
  },

  'what is missing or wrong in an arrival form is said where it is typed': async ({ at, open }) => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await goto(page, at, 'arrival/trip', 'The trip');
    await accessible(page, 'trip');
    await wrong(page, {
      entry: 'Type the day on which you enter', last_day: 'Type the last day of your stay, as far as you know it', purpose: 'Say why you come',
      lines: 'Write where you will stay, one line at least',
    }, 'Keep it and go back');
    await accessible(page, 'trip with errors');
    await fits(page);
    await typeDay(page, 'entry', [10, 12, 2099]);
    await page.fill('#field-time', '25:00');
    await typeDay(page, 'last_day', [9, 12, 2099]);
    await page.selectOption('#field-purpose', 'study');
    await page.fill('#field-lines', 'a\n'.repeat(9));
    await wrong(page, { time: 'The clock has no such time. Type hours and minutes, such as 14:30.', lines: 'An address has eight lines at most, and none of them may be very long' }, 'Keep it and go back');
    await page.fill('#field-time', '8');
    await page.fill('#field-lines', 'Общежитие');
    await wrong(page, { last_day: 'Your stay cannot end before you enter. Check the two days.' }, 'Keep it and go back');
    await typeDay(page, 'last_day', [20, 12, 2099]);
    await page.getByLabel('A close relative is ill').check();
    await press(page, 'Keep it and go back');
    await titled(page, 'The arrival form');
    assert.equal(await page.locator('.great').innerText(), 'Thursday, 10 December 2099, 04:00, Moscow time');
    await press(page, 'Add a person');
    await titled(page, 'Person 1');
    await accessible(page, 'person');
    await typeDay(page, 'p0.birth', [1, 1, 2100]);
    await wrong(page, {
      'p0.family': 'Type the family name, or the only name', 'p0.birth': 'This birth would be after the day of entry. Check both.', 'p0.sex': 'Say what the document has as sex',
      'p0.citizenship': 'Choose the citizenship', 'p0.document_number': 'Type the number of the document: its letters and digits',
      'p0.expiry': 'Type until when the document is valid, or say that it does not tell',
    }, 'Keep it and go back');
    await typeDay(page, 'p0.birth', ['', '', '']);
    await wrong(page, {
      'p0.family': 'Type the family name, or the only name', 'p0.birth': 'Type the date of birth', 'p0.sex': 'Say what the document has as sex', 'p0.citizenship': 'Choose the citizenship',
      'p0.document_number': 'Type the number of the document: its letters and digits',
      'p0.expiry': 'Type until when the document is valid, or say that it does not tell',
    }, 'Keep it and go back');
    await accessible(page, 'person with errors');
    await fits(page);
    await follow(page, 'Go on later');
    await titled(page, 'The arrival form');
    await page.getByText('Family name · Date of birth · Sex, as in the document · Citizenship · Number of the document · Valid until').waitFor();
    await accessible(page, 'arrival with something missing');
    await fits(page);
    await goto(page, at, 'arrival/show', 'Your arrival form');
    await page.getByText('The form is not complete yet.').waitFor();
    await goto(page, at, 'arrival/person/2', 'There is no such person in the form');
  },

  'slips in the lines of a document are explained': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, 'arrival', 'The arrival form');
    await press(page, 'Add a person');
    await titled(page, 'Person 1');
    await page.getByText('Fill it in from the document').click();
    const said = async (typed, words) => {
      await page.fill('#field-zone', typed);
      await press(page, 'Fill in the fields');
      await page.locator('#error-zone').getByText(words).waitFor();
    };
    const good = mrz('UTO');
    await said('', 'Type the two or three lines of letters, digits and < that stand on the document');
    await said(good.replace('L898902C3', 'L8989O2C3'), 'Line 2, column 10: the check digit does not match the document number. “O” in line 2, column 6, is probably the digit 0.');
    await said(good.replace('L898902C3', 'L898902D3'), 'the check digit does not match the document number. Compare it with the document, character by character.');
    await said(good.replace('7408122', '74O8122'), 'Line 2, column 16: there are only digits here, and “O” is a letter. It is probably the digit 0.');
    await said(good.replace('ANNA', 'АNNA'), 'Line 1, column 16: this letter is of another alphabet and only looks alike.');
    await said(good.replace('<<ANNA', '«ANNA'), 'This quotation mark is probably <<.');
    await said(good.replace('<<<\n', '<<\n'), 'Line 1 has 43 characters.');
    await accessible(page, 'lines with a slip');
    await page.fill('#field-zone', good.toLowerCase());
    await press(page, 'Fill in the fields');
    await page.getByText('The citizenship in these lines is no country that we know. Choose it yourself.').waitFor();
    assert.equal(await page.locator('#error-zone').count(), 0);
    assert.equal(await page.inputValue('[id="field-p0.given"]'), 'ANNA MARIA');
    assert.equal(await page.inputValue('[name="p0.birth.year"]'), '1974');
    assert.ok(await page.getByLabel('Female (F)').isChecked());
    assert.equal(JSON.stringify((await traces(page)).stored).includes('P<UTO'), false);
  },

  'children have somebody who files, and who is exempt is told so': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, 'arrival', 'The arrival form');
    await fillTrip(page);
    await fillPerson(page, { nationality: 'TUV' });
    await press(page, 'Add a person');
    await titled(page, 'Person 2');
    await fillAll(page, { 'p1\\.family': 'ERIKSSON', 'p1\\.given': 'BEN', 'p1\\.document_number': 'l 898-902' });
    await typeDay(page, 'p1.birth', [1, 3, 2085]);
    await page.getByLabel('Male (M)', { exact: true }).check();
    await page.selectOption('[id="field-p1.citizenship"]', 'TV');
    await page.getByLabel('It does not say until when it is valid').check();
    await wrong(page, { 'p1.guardian': 'Say who files for this child' }, 'Keep it and go back');
    await accessible(page, 'a child');
    await page.getByLabel('Somebody with a form of their own').check();
    await wrong(page, { 'p1.guardian_number': 'Type the number of the document: its letters and digits' }, 'Keep it and go back');
    await page.getByLabel('ANNA MARIA ERIKSSON').check();
    await press(page, 'Keep it and go back');
    await titled(page, 'The arrival form');
    await page.getByText('Nothing is missing.').waitFor();
    // Who was to file leaves: the child is asked for another.
    await follow(page, 'ANNA MARIA ERIKSSON');
    await press(page, 'Take this person out');
    await titled(page, 'The arrival form');
    await page.getByText('Say who files for this child').waitFor();
    await follow(page, 'BEN ERIKSSON');
    await titled(page, 'Person 1');
    assert.equal(await page.inputValue('[id="field-p0.document_number"]'), 'l 898-902');
    await page.selectOption('[id="field-p0.holds"]', 'visa');
    await press(page, 'Keep it and go back');
    await titled(page, 'The arrival form');
    await page.getByText('Everybody in this form is exempt: you need not file anything.').waitFor();
    await page.getByText('Need not be in the form: holds a visa').waitFor();
    for (let person = 2; person <= 10; ++person) {
      await press(page, 'Add a person');
      await titled(page, `Person ${person}`);
      await follow(page, 'Go on later');
      await titled(page, 'The arrival form');
    }
    await page.getByText('Those are 10 people, as many as one form holds.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add a person' }).count(), 0);
  },

  'the address of an arrival goes into a registration, and nothing else does': async ({ at, open }) => {
    const page = await open();
    await goto(page, at, 'arrival', 'The arrival form');
    await fillTrip(page);
    await fillPerson(page, { nationality: 'TUV' });
    await press(page, 'Register this address');
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).click();
    await titled(page, 'Register where you live');
    const sent = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.getByLabel('Main residence').check();
    await press(page, 'Go on');
    await titled(page, 'What is the address?');
    assert.equal(await page.inputValue('#field-lines'), 'ул. Новаторов, д. 7\n117421 Москва');
    assert.equal(await page.inputValue('#field-country'), 'RU');
    await press(page, 'Go on');
    await titled(page, 'Since when?');
    await press(page, 'Go on');
    await titled(page, 'Is everything right?');
    await press(page, 'Register this address');
    await titled(page, 'Done');
    assert.ok(sent.some((body) => body.includes('Новаторов')));
    assert.ok(!sent.some((body) => /ERIKSSON|TUV|"TV"|L898902C3|2099/.test(body)));
  },

  'nothing that is typed goes anywhere': async ({ at, open }) => {
    const tuvalu = await wholeStory(at, open, { citizenship: 'TV', nationality: 'TUV' });
    const uzbekistan = await wholeStory(at, open, { citizenship: 'UZ', nationality: 'UZB' });
    // What goes out is the same for citizens of anywhere.
    // (How often the browser and the worker fetch the same file is a matter of chance.)
    const wishes = ({ seen }) => Array.from(new Set(seen.map(({ line, body }) => `${line} ${body}`))).sort();
    assert.deepEqual(wishes(tuvalu), wishes(uzbekistan));
    assert.deepEqual(tuvalu.places, uzbekistan.places);
    // And it is the app's own files, asked for without a word.
    const allowed = /^GET \/app\/(?:(?:helpers|deadlines|arrival(?:\/trip|\/person\/1|\/show)?|payment\/account)?|worker\.js|icon\.svg|manifest\.webmanifest|assets\/[\w-]+\.(?:js|css|svg))$/;
    assert.deepEqual(tuvalu.seen.filter(({ line, body }) => !allowed.test(line) || body !== '').map(({ line }) => line), []);
    assert.deepEqual(tuvalu.asked.filter((url) => /^https?:/.test(url)), []);
    assert.ok(tuvalu.seen.length > 10 && tuvalu.seen.some(({ line }) => line === 'GET /app/payment/account'));
    const typed = /tuvalu|\bTUV\b|"TV"|=TV\b|eriksson|L898902C3|Новаторов|2099|УФК/i;
    const silent = (things, where) => assert.doesNotMatch(JSON.stringify(things), typed, where);
    silent(tuvalu.seen, 'requests');
    silent(tuvalu.places, 'history');
    for (const { cached, stored, session, cookies, databases, place } of [tuvalu.inForm, tuvalu.inSlip]) {
      silent(place, 'place and title');
      silent([session, cookies], 'session and cookies');
      // The catalog has "Tuvalu" in none of its own words: names of countries are the browser's.
      silent(cached, 'caches');
      assert.equal(databases, 0);
      assert.deepEqual(Object.keys(stored), ['abode.draft.arrival']);
    }
    assert.match(tuvalu.inForm.stored['abode.draft.arrival'], /"p0\.citizenship":"TV"/);
    assert.doesNotMatch(tuvalu.inSlip.stored['abode.draft.arrival'], /УФК|03100643000000017300/);
    silent(tuvalu.calendar.text, 'calendar file');
    assert.match(tuvalu.file.text, /"citizenship": "TV"/);
  },

  'all helpers work without a connection once one was opened': async ({ at, open }) => {
    const page = await open({ serviceWorkers: 'allow', deviceScaleFactor: 3 });
    await goto(page, at, 'helpers', 'Around a move');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      const kept = [];
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) kept.push(url);
      return kept.filter((url) => url.includes('/messages-')).length >= 2 && ['/qr-', '/rules-', '/device-'].every((part) => kept.some((url) => url.includes(part)));
    });
    await page.context().setOffline(true);
    await page.reload();
    await titled(page, 'Around a move');
    await follow(page, 'By when to register');
    await titled(page, 'By when to register');
    assert.equal(await countDays(page, 'germany', [20, 11, 2026]), 'Friday, 4 December 2026');
    await goto(page, at, 'payment/transfer', 'Slip for a transfer in euros');
    await fillAll(page, { name: 'Red Cross of Belgium', iban: 'BE72 0000 0000 1616', amount: '1' });
    await press(page, 'Make the slip');
    await page.locator('svg.qr').waitFor();
    assert.match(await scanned(page), /^BCD\n/);
    await goto(page, at, 'arrival', 'The arrival form');
    await fillTrip(page);
    await fillPerson(page, { nationality: 'TUV' });
    await follow(page, 'Show and keep it');
    await page.locator('svg.qr').waitFor();
  },
});
