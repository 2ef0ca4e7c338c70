import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { audit } from './audit';
import { decodeHistory } from './history';
import { Pace } from './pace';
import { bytesOf } from './text';
import { parseTrustPolicy } from './trust_policy';

const example = new URL('../../../docs/example/', import.meta.url).pathname;

async function refusalOf(file: Uint8Array): Promise<string> {
  const history = await decodeHistory(file, new Pace());
  return history.ok ? 'a history' : `${history.why.code} ${history.why.member}`;
}

describe('the history of the documents', () => {
  it('is accepted under its policy, by the C++ side and here', async () => {
    const history = await decodeHistory(readFileSync(`${example}history.json`), new Pace());
    const policy = parseTrustPolicy(readFileSync(`${example}witnesses.policy`, 'utf8'));
    if (!history.ok || !policy.ok) throw new Error('the example cannot be read');
    const report = await audit(history.value, { by: 'policy', policy: policy.value });
    expect(report.verdict).toBe('accepted');
    expect(report.reason).toEqual({ code: 'all-proven', entries: 1 });
    expect(report.testMode).toBe(true);
    expect(report.epochs?.bound).toBe(1);
    expect(report.witnesses?.quorum).toBe(true);
  });
});

describe('a file over the limits', () => {
  const hash = `"${'A'.repeat(43)}="`;
  const listed = (entries: string, seen: string, epochs: string): Uint8Array =>
    bytesOf(
      `{"version":2,"origin":"","verifier_key":"","checkpoint":"","position":"0","entries":[${entries}],` +
        `"state":"","state_key":${hash},"seen":[${seen}],"epochs":[${epochs}]}`,
    );
  const times = (count: number, item: string): string => Array.from({ length: count }, () => item).join();
  const entry = `{"entry":"","salt":${hash}}`;
  const seen = '{"checkpoint":"","proof":[]}';
  const epoch = '{"leaf":"","index":0,"proof":[]}';

  it('is refused', { timeout: 60_000 }, async () => {
    expect(await refusalOf(new Uint8Array(64 * 1024 * 1024 + 1))).toBe('too-large ');
    expect(await refusalOf(listed(times(20_000, entry), times(20_000, seen), times(2_000, epoch)))).toBe('a history');
    expect(await refusalOf(listed(times(20_001, entry), '', ''))).toBe('too-large entries');
    expect(await refusalOf(listed('', times(20_001, seen), ''))).toBe('too-large seen');
    expect(await refusalOf(listed('', '', times(2_001, epoch)))).toBe('too-large epochs');
  });
});
