// Whole histories, against what `abode audit` says of each: its verdict and every sentence.
import { expect, it } from 'vitest';
import { describeVectors, patched } from '../../test/vectors';
import type { Vector } from '../../test/vectors';
import { toBase64 } from '../base/bytes';
import { audit } from './audit';
import type { Trust } from './audit';
import type { AuditReport, AuditRow } from './audit_report';
import { decodeHistory } from './history';
import { parseVerifierKey } from './note';
import { Pace } from './pace';
import { reasonSentence, rowSentence } from './sentences.testing';
import { parseTrustPolicy } from './trust_policy';

function rowJson(row: AuditRow): unknown {
  const { seq, state, entry } = row;
  const shown =
    entry && { time: entry.time, actor: entry.actor, office: entry.office, operation: entry.operation };
  return { seq, state, verdict: rowSentence(row), entry: shown };
}

/** In the form that the vectors have. */
function reportJson(report: AuditReport): unknown {
  const { checkpoint, epochs, witnesses } = report;
  return {
    verdict: report.verdict,
    reason: reasonSentence(report.reason, report.origin),
    key_from_file: report.keyFromFile,
    test_mode: report.testMode,
    origin: report.origin,
    verifier_key: report.verifierKey,
    checkpoint: checkpoint && [checkpoint.origin, `${checkpoint.size}`, toBase64(checkpoint.root)],
    not_yet_provable: report.notYetProvable,
    erasures: report.erasures,
    rows: report.rows.map(rowJson),
    epochs: epochs && {
      listed: epochs.listed,
      newest: epochs.newest && `${epochs.newest.number}`,
      bound: epochs.bound,
      missing: epochs.missing.map(({ first, last }) => [`${first}`, `${last}`]),
      overdue: epochs.overdue,
    },
    witnesses: witnesses && {
      cosigners: witnesses.cosigners,
      known: witnesses.known,
      quorum: witnesses.quorum,
      seen_at: witnesses.seenAt,
      late: witnesses.late,
    },
  };
}

function trustOf(group: Vector): Trust {
  const given = group.at('trust');
  if (given.has('policy')) {
    const policy = parseTrustPolicy(given.at('policy').text());
    if (!policy.ok) throw new Error(`line ${policy.why.line}: ${policy.why.what}`);
    return { by: 'policy', policy: policy.value };
  }
  if (!given.has('key')) return { by: 'file' };
  const key = parseVerifierKey(given.at('key').text());
  if (!key.ok) throw new Error(key.why.code);
  return { by: 'key', key: key.value };
}

async function outcomeOf(file: Uint8Array, trust: Trust): Promise<unknown> {
  const history = await decodeHistory(file, new Pace());
  if (!history.ok) return { refused: { code: history.why.code, field: history.why.member } };
  return { report: reportJson(await audit(history.value, trust)) };
}

/** Without the sentence about what is wrong with JSON, of which the two sides know different things. */
function expectedOf(outcome: Vector): unknown {
  if (outcome.has('report')) return { report: outcome.at('report').json };
  const refused = outcome.at('refused');
  return { refused: { code: refused.at('code').text(), field: refused.at('field').text() } };
}

describeVectors('log_histories.json', (groups) => {
  for (const group of groups.list())
    it(`${group.at('name').text()} come to what the audit of C++ says`, { timeout: 120_000 }, async () => {
      const trust = trustOf(group);
      const expected = group.at('outcomes').list().map(expectedOf);
      const wrong: unknown[] = [];
      for (const { how, bytes, outcome } of patched(group)) {
        const found = await outcomeOf(bytes, trust);
        const wanted = expected[outcome.number()];
        if (wanted === undefined) throw new Error('an outcome that the file has not');
        try {
          expect(found).toEqual(wanted);
        } catch {
          wrong.push({ how, found, wanted });
        }
      }
      expect(wrong.slice(0, 3)).toEqual([]);
    });
});
