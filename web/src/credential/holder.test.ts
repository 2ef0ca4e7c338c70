import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindProof, makeHolderKey, present, readKept } from './holder';
import type { KeptProof } from './holder';
import { issue, issuedAt, trustFile } from './issuer.testing';
import { StatusLists } from './status_list';
import { readTrust } from './trust';
import type { Trust } from './trust';
import { verify } from './verification';
import type { Challenge, Verification } from './verification';

const challenge: Challenge = { audience: 'https://school.example', nonce: 'n-0S6_WzA2Mj' };
const now = issuedAt + 1800;

function trust(): Trust {
  const read = readTrust(trustFile);
  if (!read.ok) throw new Error(read.why.code);
  return read.value;
}

async function judged(text: string, asked: Challenge | null, when = now): Promise<Verification> {
  return verify(text, trust(), await StatusLists.check([], []), when, asked);
}

async function kept(): Promise<KeptProof> {
  const key = await makeHolderKey();
  const bound = await bindProof(await issue(key.jwk), key);
  if (!bound.ok) throw new Error(bound.why);
  return bound.value;
}

async function shown(proof: KeptProof, claims: readonly string[], asked = challenge, when = now): Promise<string> {
  const text = await present(proof, claims, asked, when);
  if (!text.ok) throw new Error(text.why);
  return text.value;
}

describe('a key of a holder', () => {
  it('cannot be taken out, and is told by its public half alone', async () => {
    const { privateKey, jwk, id } = await makeHolderKey();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
    expect(Object.keys(jwk)).toEqual(['crv', 'kty', 'x', 'y']);
    expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await makeHolderKey()).id).not.toBe(id);
  });
});

describe('a proof that is kept', () => {
  it('is one that is bound to its key', async () => {
    const [key, other] = [await makeHolderKey(), await makeHolderKey()];
    const text = await issue(key.jwk);
    expect(await bindProof(text, key)).toEqual({ ok: true, value: { id: key.id, text, privateKey: key.privateKey } });
    expect(await bindProof(text, other)).toEqual({ ok: false, why: 'another-key' });
    expect(await bindProof(await issue(null), key)).toEqual({ ok: false, why: 'another-key' });
    for (const broken of ['', 'hello', text.slice(0, -1), `${text}~`, await issue(key.jwk, { mode: 'perhaps' })])
      expect(await bindProof(broken, key)).toEqual({ ok: false, why: 'malformed' });
    const bound = await kept();
    const signed = { ...bound, text: await shown(bound, []) };
    expect(await readKept(signed)).toEqual({ ok: false, why: 'malformed' });
  });

  it('tells what it can show', async () => {
    const read = await readKept(await kept());
    if (!read.ok) throw new Error(read.why);
    expect(read.value.claims).toEqual([
      'family_name', 'given_name', 'birthdate', 'street_address', 'house_number', 'locality', 'region', 'country', 'kind',
      'since',
    ]);
    expect(read.value.said.address).toMatchObject({ region: 'Berlin', street_address: 'Sonnenallee' });
  });

  it('shows what was chosen and nothing else', async () => {
    const proof = await kept();
    const text = await shown(proof, ['region', 'country']);
    const { verdict, said } = await judged(text, challenge);
    expect(verdict).toBe('valid');
    expect(said).toMatchObject({ person: {}, address: { region: 'Berlin', country: 'DE' }, residence: {} });
    expect(text.split('~').length).toBe(4);
    expect((await judged(await shown(proof, []), challenge)).said).toMatchObject({ person: {}, address: {}, residence: {} });
    expect(await present(proof, ['region', 'nationality'], challenge, now)).toEqual({ ok: false, why: 'unknown-claim' });
    expect(await present({ ...proof, text: 'x' }, [], challenge, now)).toEqual({ ok: false, why: 'malformed' });
  });

  it('is shown to one verifier, for one question, for ten minutes', async () => {
    const text = await shown(await kept(), ['region']);
    const reason = async (asked: Challenge | null, when = now): Promise<string | null> =>
      (await judged(text, asked, when)).fault?.reason ?? null;
    expect(await reason(challenge)).toBeNull();
    expect(await reason({ ...challenge, audience: 'https://bank.example' })).toBe('holder-audience');
    expect(await reason({ ...challenge, nonce: 'other' })).toBe('holder-nonce');
    expect(await reason(null)).toBe('holder-unasked');
    expect(await reason(challenge, now + 600)).toBeNull();
    expect(await reason(challenge, now + 601)).toBe('holder-late');
    const another = await kept();
    const stolen = await shown({ ...(await kept()), privateKey: another.privateKey }, ['region']);
    expect((await judged(stolen, challenge)).fault?.reason).toBe('holder-signature');
  });
});

const abode = process.env['ABODE_BINARY'];
if (abode === undefined && process.env['CI'] !== 'true') {
  describe.skip('abode: set ABODE_BINARY to the program', () => {
    it('takes what a browser shows', () => undefined);
  });
} else {
  describe('abode', () => {
    const program = abode ?? '';
    let folder = '';
    beforeAll(() => {
      if (program === '') throw new Error('CI is set, but ABODE_BINARY is not: there is nothing to test by');
      folder = mkdtempSync(`${tmpdir()}/abode-holder-`);
      writeFileSync(`${folder}/trust.json`, trustFile);
    });
    afterAll(() => {
      if (folder !== '') rmSync(folder, { recursive: true });
    });

    function verdictOf(text: string, asked: Challenge): unknown {
      const at = new Date(now * 1000).toISOString().replace('.000', '');
      const { stdout, stderr } = spawnSync(
        program,
        ['verify', '-', '--trust', `${folder}/trust.json`, '--json', '--at', at,
          '--audience', asked.audience, '--nonce', asked.nonce],
        { encoding: 'utf8', input: text, timeout: 20_000 },
      );
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout);
    }

    it('takes what a browser shows', async () => {
      const proof = await kept();
      const text = await shown(proof, ['region', 'country', 'family_name']);
      expect(verdictOf(text, challenge)).toMatchObject({
        verdict: 'valid', person: { family_name: 'ERIKSSON' }, address: { region: 'Berlin', country: 'DE' }, residence: {},
      });
      expect(verdictOf(text, { ...challenge, nonce: 'other' })).toMatchObject({ verdict: 'holder-not-bound' });
      const stolen = await shown({ ...(await kept()), privateKey: proof.privateKey }, ['region']);
      expect(verdictOf(stolen, challenge)).toMatchObject({ verdict: 'holder-not-bound' });
    });

    it('makes a proof for a key of a browser', { timeout: 60_000 }, async () => {
      const init = spawnSync(program, ['init', `${folder}/register`, '--test-mode'], { encoding: 'utf8', timeout: 30_000 });
      expect(init.status, init.stderr).toBe(0);
      const server = spawn(program, ['serve', `${folder}/register`, '--listen', 'localhost:0'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const stopped = new Promise<void>((resolve) => server.once('exit', resolve));
      try {
        const register = await addressOf(server.stdout);
        const token = await signIn(register);
        const key = await makeHolderKey();
        const wish = { life: 'fresh', fields: ['region', 'family_name'], holder_keys: [key.jwk] };
        const made = await post(register, '/api/v1/proofs', wish, token);
        const text = textAt(made, 'proofs', 0);
        const bound = await bindProof(text, key);
        if (!bound.ok) throw new Error(bound.why);
        const ownTrust = readTrust(await (await fetch(`${register}/trust.json`)).text());
        if (!ownTrust.ok) throw new Error(ownTrust.why.code);
        const seconds = Math.floor(Date.now() / 1000);
        const offered = await shown(bound.value, ['region'], challenge, seconds);
        const lists = await StatusLists.check([], ownTrust.value);
        const found = await verify(offered, ownTrust.value, lists, seconds, challenge);
        expect(found).toMatchObject({ verdict: 'test-mode', said: { person: {}, address: { region: 'Berlin' } } });
      } finally {
        server.kill();
        await stopped;
      }
    });
  });
}

function addressOf(output: { on(event: 'data', hear: (data: { toString(): string }) => void): void }): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    output.on('data', (data) => {
      heard += data.toString();
      const address = /http:\/\/localhost:[0-9]+/.exec(heard);
      if (address !== null) resolve(address[0]);
    });
  });
}

async function post(register: string, path: string, body: unknown, token: string | null): Promise<unknown> {
  const answer = await fetch(register + path, {
    method: 'POST', body: JSON.stringify(body),
    headers: {
      'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function signIn(register: string): Promise<string> {
  const token = textAt(await post(register, '/api/v1/sessions', { test_person: 'anna-eriksson' }, null), 'token');
  const address = { country: 'DE', region: 'Berlin', lines: ['Sonnenallee 17b'] };
  await post(register, '/api/v1/registrations', { kind: 'main', address }, token);
  return token;
}

/** The text at a place in an answer. */
function textAt(value: unknown, ...path: (string | number)[]): string {
  let at: unknown = value;
  for (const step of path) {
    const members: [string, unknown][] = typeof at === 'object' && at !== null ? Object.entries(at) : [];
    at = members.find(([name]) => name === String(step))?.[1];
  }
  if (typeof at !== 'string') throw new Error(`no text at ${path.join('.')}`);
  return at;
}
