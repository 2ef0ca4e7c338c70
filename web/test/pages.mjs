import assert from 'node:assert/strict';
import { furnish, pagesOf, settled } from './furnished.mjs';
import { accessible, berlin, enter, program, run, titled } from './harness.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

await run({
  'every page is accessible, and fits 320 pixels': async ({ at, register, open }) => {
    const there = await furnish(register);
    const page = await open({ viewport: { width: 320, height: 640 } });
    await enter(page, at);
    for (const [path, title] of pagesOf(there)) {
      await page.goto(`${at}/app/${path}`);
      await titled(page, title);
      await settled(page);
      await accessible(page, path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
    }
  },

  'every page is accessible in the dark, on a wide screen': async ({ at, register, open }) => {
    const there = await furnish(register);
    const page = await open({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
    await enter(page, at);
    for (const [path, title] of pagesOf(there)) {
      await page.goto(`${at}/app/${path}`);
      await titled(page, title);
      await settled(page);
      await accessible(page, path);
    }
  },

  'a registration is moved, and the move taken back': async ({ at, register, open }) => {
    const { anna, main } = await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${main}`);
    await page.getByRole('link', { name: 'I have moved' }).click();
    await titled(page, 'You have moved');
    await button(page, 'Register the move').click();
    assert.deepEqual(await page.locator('.summary li').allTextContents(), ['Choose the country']);
    await page.selectOption('#field-country', 'AM');
    await page.fill('#field-locality', 'Երևան');
    await page.fill('#field-street', 'Աբովյան փողոց');
    await page.fill('[name="since.year"]', '1999');
    await button(page, 'Register the move').click();
    await page.getByText('You cannot have moved out before you moved in').first().waitFor();
    await accessible(page, 'a move with an error');
    const today = new Date();
    await page.fill('#field-since', String(today.getDate()));
    await page.fill('[name="since.month"]', String(today.getMonth() + 1));
    await page.fill('[name="since.year"]', String(today.getFullYear()));
    await button(page, 'Register the move').click();
    await titled(page, 'Done');
    await page.getByText('Աբովյան փողոց').waitFor();
    const moved = (await anna.get('/api/v1/registrations')).registrations.find(({ address, ended }) => address.country === 'AM' && !ended);
    await page.goto(`${at}/app/registrations/${moved.id}`);
    await button(page, 'Take the last change back').click();
    await titled(page, 'Done');
    assert.equal((await anna.get('/api/v1/registrations')).registrations.find(({ id }) => id === main).ended, null);
  },

  'corrected, confirmed, renewed, made the main one, ended': async ({ at, register, open }) => {
    const { anna, main, temporary } = await furnish(register);
    const now = async (id) => (await anna.get(`/api/v1/registrations/${id}`)).registration;
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${temporary}/correct`);
    await titled(page, 'Correct a registration');
    await button(page, 'Save the correction').click();
    await page.getByText('This is what is registered already').first().waitFor();
    await page.fill('#field-lines', 'Yunusobod, 5-mavze');
    await button(page, 'Save the correction').click();
    await titled(page, 'Done');
    assert.deepEqual((await now(temporary)).address.lines, ['Yunusobod, 5-mavze']);
    await page.goto(`${at}/app/registrations/${temporary}`);
    await button(page, 'It is still right').click();
    await titled(page, 'Done');
    assert.ok((await now(temporary)).confirmed_at);
    await page.goto(`${at}/app/registrations/${temporary}/renew`);
    await titled(page, 'You stay on');
    for (const [field, value] of [['until', '1'], ['until.month', '2'], ['until.year', '2020']]) await page.fill(`[name="${field}"]`, value);
    await button(page, 'Renew this registration').click();
    await page.getByText('This day is over').first().waitFor();
    await page.fill('[name="until.year"]', '2028');
    await button(page, 'Renew this registration').click();
    await titled(page, 'Done');
    assert.equal((await now(temporary)).until, '2028-02-01');
    await page.goto(`${at}/app/registrations/${temporary}/make-main`);
    await titled(page, 'Make it your main residence');
    await page.getByText('What becomes of it?').waitFor();
    await button(page, 'Make it my main residence').click();
    await page.getByText('Say what becomes of your main residence so far').first().waitFor();
    await page.getByLabel('It becomes a secondary residence').check();
    await button(page, 'Make it my main residence').click();
    await titled(page, 'Done');
    assert.equal((await now(temporary)).kind, 'main');
    await page.goto(`${at}/app/registrations/${main}/end`);
    await titled(page, 'End a registration');
    await page.fill('[name="on.year"]', '2001');
    await button(page, 'End this registration').click();
    await page.getByText('The last day is before the first one').first().waitFor();
    await page.fill('[name="on.year"]', String(new Date().getFullYear()));
    await button(page, 'End this registration').click();
    await titled(page, 'Done');
    assert.ok((await now(main)).ended);
  },

  'a letter is asked for and taken back, and a refusal noted': async ({ at, register, open }) => {
    const { anna, main } = await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${main}/letter`);
    await button(page, 'Ask for a letter').click();
    await page.getByText('It is not printed yet').waitFor();
    await accessible(page, 'a letter that was asked for');
    await button(page, 'Take the letter back').click();
    await button(page, 'Ask for a letter').waitFor();
    await page.goto(`${at}/app/registrations/${main}/landlord`);
    await button(page, 'Note it').click();
    await titled(page, 'Receipt');
    await page.getByText('the landlord refuses').first().waitFor();
    const { entries } = await anna.get('/api/v1/history');
    assert.equal(entries[0].operation, 'landlord-refused');
  },

  'an opening code is made and taken back': async ({ at, register, open }) => {
    await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/codes`);
    await button(page, 'Make the code').click();
    await page.locator('.summary a').click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-fields');
    await page.getByLabel('Living there since').check();
    await page.getByLabel('15 minutes').check();
    await button(page, 'Make the code').click();
    await page.getByText('The code is ready').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.big-code').length === 2);
    await accessible(page, 'codes with a new one');
    await page.getByRole('button', { name: 'Take it back' }).first().click();
    await page.getByText('The code was taken back').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.big-code').length === 1);
  },

  'somebody who is invited registers by an act of their own': async ({ at, register, open }) => {
    const { anna } = await furnish(register);
    const { invitations } = await anna.get('/api/v1/invitations');
    const page = await open();
    await enter(page, at, 'Peter John Stevenson');
    await page.goto(`${at}/app/invitations`);
    await page.fill('#field-code', 'AAAA-AAAA-AAAA-AAAA');
    await button(page, 'Look at it').click();
    await page.getByText('This invitation shows nothing').first().waitFor();
    await page.fill('#field-code', invitations[0].code);
    await button(page, 'Look at it').click();
    await page.getByText('You are invited to this address').waitFor();
    await accessible(page, 'invited');
    await button(page, 'Register this address').click();
    await titled(page, 'Done');
    const peter = await program(register, 'peter-stevenson');
    assert.equal((await peter.get('/api/v1/registrations')).registrations[0].address.street, 'Sonnenallee');
  },

  'news are read, and stay read': async ({ at, register, open }) => {
    await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.getByRole('link', { name: '1 new notice' }).click();
    await titled(page, 'Inbox');
    await page.getByText('School Office of Utopia opened your record').waitFor();
    await button(page, 'I have read all of it').click();
    await page.waitForFunction(() => !document.querySelector('.badge'));
    await page.reload();
    await page.getByText('School Office of Utopia opened your record').waitFor();
    assert.equal(await page.locator('.badge').count(), 0);
  },

  'a passkey is added, used and kept': async ({ at, open }) => {
    const page = await open();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    await enter(page, at);
    await page.goto(`${at}/app/account`);
    await button(page, 'Add a passkey on this device').click();
    await page.getByText('Give the passkey a name').first().waitFor();
    await page.fill('#field-passkey', 'my phone');
    await button(page, 'Add a passkey on this device').click();
    await page.locator('bdi', { hasText: 'my phone' }).waitFor();
    await accessible(page, 'a passkey');
    await button(page, 'Sign out').click();
    await titled(page, 'Where you live, on your own word');
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((name) => !/\.(?:language|profile|mode)$/.test(name)).length), 0);
    await button(page, 'Use a passkey').click();
    await titled(page, 'Your residence').catch(async () => assert.fail(await page.locator('main').innerText()));
  },

  'codes are printed, and shown once': async ({ at, open }) => {
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/account`);
    await button(page, 'Make a sheet').click();
    await titled(page, 'Your printed codes');
    assert.equal(await page.locator('.sheet li').count(), 10);
    await accessible(page, 'a printed sheet');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.sheet').isVisible());
    await page.emulateMedia({ media: 'screen' });
    await button(page, 'I have them on paper').click();
    await page.getByText('Your sheet has 10 codes left.').waitFor();
    assert.equal(await page.locator('.sheet').count(), 0);
  },

  'a stale sign-in is made fresh in place, and the same request goes on': async ({ at, register, open }) => {
    const { anna, main } = await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${main}/end`);
    await titled(page, 'End a registration');
    const keys = [];
    await page.route(`**/registrations/${main}/end`, async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:abode:problem:stale-sign-in', title: 'x', status: 403, detail: 'x', mode: 'test' }) });
    });
    await button(page, 'End this registration').click();
    await titled(page, 'Show once more that it is you');
    await accessible(page, 'step-up');
    await page.getByRole('button', { name: 'Anna Maria Eriksson' }).click();
    await titled(page, 'Done');
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.ok((await anna.get(`/api/v1/registrations/${main}`)).registration.ended);
  },

  'somebody else at the gate sends nothing of the first person': async ({ at, register, open }) => {
    const { anna, main } = await furnish(register);
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/registrations/${main}/end`);
    await titled(page, 'End a registration');
    await page.context().clearCookies();
    await button(page, 'End this registration').click();
    await titled(page, 'Sign in to go on');
    await page.getByRole('button', { name: 'Peter John Stevenson' }).click();
    await page.getByText('You are not registered anywhere yet').waitFor();
    assert.equal((await anna.get(`/api/v1/registrations/${main}`)).registration.ended, null);
  },
});
