// Lighthouse's scores of the app's pages, as on a phone: `node audit.mjs ABODE CHROMIUM BUILT`. Fails where one of them is below 100.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { berlin, enter, freePort, inOwnProfile, program, withRegister } from '../../web/test/harness.mjs';

const categories = ['performance', 'accessibility', 'best-practices'];
const rounds = 3;

/** Anna lives in Berlin. Gives the pages that are hers, and those before she signs in. */
async function pagesOf(register) {
  const { receipt, registration } = await (await program(register)).post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2026-03-01' });
  const own = [
    'home', 'register', 'register/address', 'history', 'inbox', 'codes', 'invitations', 'proofs', 'account', 'children', 'rights', `receipts/${receipt.entry}`, `registrations/${registration.id}`,
  ];
  return { open: ['', 'about', 'log', 'privacy', 'helpers', 'scan.html'], own };
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What cost points, with its own figure. */
function lacks({ audits, categories: scored }) {
  const counted = Object.values(scored).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id));
  return [...new Set(counted)].map((id) => audits[id]).filter(({ score }) => score !== null && score < 0.995).map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim());
}

async function audit(url, port) {
  const found = [];
  for (let round = 0; round < rounds; ++round) {
    const { lhr } = await lighthouse(url, { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'silent' });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
    found.push(lhr);
  }
  const scores = categories.map((name) => Math.round(100 * middle(found.map((one) => one.categories[name].score))));
  return { scores, lacking: lacks(found.find((one) => Math.round(100 * one.categories.performance.score) === scores[0])) };
}

async function auditAll(at, paths, port) {
  let all = true;
  for (const path of paths) {
    const { scores, lacking } = await audit(`${at}/app/${path}`, port);
    if (scores.some((score) => score < 100)) all = false;
    const name = path.replace(/\/[\w-]{16,}/, '/…');
    console.log(`${`/app/${name}`.padEnd(28)} ${scores.map((score) => String(score).padStart(4)).join(' ')}  ${lacking.join(', ')}`);
  }
  return all;
}

console.log(`${'page'.padEnd(28)} ${categories.join(' ')}`);
let all = true;
await withRegister(async ({ at, register }) => {
  const { open, own } = await pagesOf(register);
  const profile = mkdtempSync(join(tmpdir(), 'abode-lighthouse-'));
  const port = await freePort();
  const context = await inOwnProfile(profile, [`--remote-debugging-port=${port}`]);
  try {
    all = await auditAll(at, open, port);
    const page = await context.newPage();
    await enter(page, at);
    await page.close();
    all = (await auditAll(at, own, port)) && all;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
});
process.exit(all ? 0 : 1);
