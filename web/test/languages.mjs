import assert from 'node:assert/strict';
import { furnish, pagesOf, settled } from './furnished.mjs';
import { enter, run, titled } from './harness.mjs';

const publicPages = [
  '', 'about', 'log', 'openings', 'privacy', 'rules', 'freeze', 'helpers', 'deadlines', 'payment', 'payment/permit', 'payment/account', 'payment/transfer', 'arrival', 'arrival/trip',
];
const officialPages = ['staff', 'staff/open', 'staff/identify', 'staff/roles', 'staff/passkeys'];
const width_px = 320;

/** What stands beyond the edge of the page. */
const beyond = (page) => page.evaluate((width) => {
  if (document.documentElement.scrollWidth <= width) return [];
  return Array.from(document.querySelectorAll('header *, main *, footer *')).filter((one) => one.getBoundingClientRect().right > width + 1).slice(0, 3).map((one) => one.outerHTML.slice(0, 140));
}, width_px);

/** Shows the page in each language in turn, in place. It begins in English, and ends so. */
async function inEach(page, name) {
  const languages = await page.locator('#language option').evaluateAll((options) => options.map(({ value }) => value));
  assert.equal(languages.length, 13);
  const headings = new Set();
  for (const language of [...languages.slice(1), languages[0]]) {
    await page.selectOption('#language', language);
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    assert.deepEqual(await beyond(page), [], `${name} in ${language}`);
    const heading = await page.locator('h1:visible').first().innerText();
    assert.notEqual(heading.trim(), '', `${name} in ${language}`);
    headings.add(heading);
  }
  return headings.size;
}

await run({
  'no page of a resident’s goes beyond 320 pixels in any language': async ({ at, register, open }) => {
    const there = await furnish(register);
    const page = await open({ viewport: { width: width_px, height: 640 }, reducedMotion: 'reduce' });
    await enter(page, at);
    for (const [path, title] of pagesOf(there)) {
      await page.goto(`${at}/app/${path}`);
      await titled(page, title);
      await settled(page);
      const headings = await inEach(page, path);
      if (title !== 'EMMA') assert.ok(headings > 6, `${path} has ${headings} headings in thirteen languages`);
    }
  },

  'nor do those of everybody and of officials': async ({ at, open }) => {
    const page = await open({ viewport: { width: width_px, height: 640 }, reducedMotion: 'reduce' });
    for (const path of publicPages) {
      await page.goto(`${at}/app/${path}`);
      await page.locator('h1').first().waitFor();
      await settled(page);
      assert.ok((await inEach(page, path)) > 6, path);
    }
    await page.goto(`${at}/app/staff`);
    await page.getByRole('button', { name: 'Kim Supervisor' }).click();
    await titled(page, 'Your work as an official');
    for (const path of officialPages) {
      await page.goto(`${at}/app/${path}`);
      await page.locator('h1:visible').first().waitFor();
      await settled(page);
      assert.ok((await inEach(page, path)) > 6, path);
    }
  },
});
