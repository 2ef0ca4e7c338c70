import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { berlin, enter, program, run, titled } from './harness.mjs';

/** What stands on paper when the page is printed on A4: its text, and how many pages it takes. */
async function printed(page) {
  const folder = mkdtempSync(join(tmpdir(), 'abode-print-'));
  const file = join(folder, 'page.pdf');
  try {
    writeFileSync(file, await page.pdf({ format: 'A4' }));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    return { text: text.replace(/\s+/g, ' '), pages: (text.match(/\f/g) ?? []).length };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const onlyOnScreen = /Leave quickly|Skip to the content|Print or save|English|Home History/;

await run({
  'a receipt takes one sheet, with all that it says and nothing of the screen': async ({ at, register, open }) => {
    const { receipt } = await (await program(register)).post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/receipts/${receipt.entry}`);
    await titled(page, 'Receipt');
    await page.locator('.receipt .mark').waitFor();
    const { text, pages } = await printed(page);
    assert.equal(pages, 1);
    for (const wanted of ['ERIKSSON', 'Sonnenallee 17b', '12047 Berlin', '1 March 2026', receipt.filed_at ?? receipt.at]) assert.ok(text.includes(wanted), `${wanted} in: ${text}`);
    assert.ok(text.includes('Test mode'), 'what is a test says so on paper');
    assert.doesNotMatch(text, onlyOnScreen);
  },

  'a history has every entry, with what was found of it': async ({ at, register, open }) => {
    const anna = await program(register);
    const { registration } = await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
    for (let number = 1; number <= 25; ++number)
      await anna.post(`/api/v1/registrations/${registration.id}/correct`, { address: { ...berlin, house_number: String(number) } });
    const page = await open();
    await enter(page, at);
    await page.goto(`${at}/app/history`);
    await page.locator('.proving.good').waitFor();
    const count = await page.locator('.entry').count();
    assert.ok(count >= 26);
    const { text, pages } = await printed(page);
    assert.ok(pages >= 2);
    assert.equal((text.match(/Proven/g) ?? []).length, count);
    assert.match(text, /entries of your history are proven/);
    assert.doesNotMatch(text, onlyOnScreen);
  },

  'from the dark, it is printed dark on white': async ({ at, register, open }) => {
    const { receipt } = await (await program(register)).post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
    const page = await open({ colorScheme: 'dark' });
    await enter(page, at);
    await page.goto(`${at}/app/receipts/${receipt.entry}`);
    await page.locator('.receipt .mark').waitFor();
    await page.emulateMedia({ media: 'print' });
    const [paper, ink] = await page.evaluate(() => {
      const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
      const receipt_look = getComputedStyle(document.querySelector('.receipt'));
      return [light(receipt_look.backgroundColor), light(receipt_look.color)];
    });
    assert.ok(paper > 245, `paper ${paper}`);
    assert.ok(ink < 60, `ink ${ink}`);
  },
});
