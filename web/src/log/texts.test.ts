// The log's texts, against what C++ says of each: keys, notes, checkpoints, policies and single proofs.
import { expect, it } from 'vitest';
import { describeVectors, patched } from '../../test/vectors';
import type { Patched, Vector } from '../../test/vectors';
import { toBase64, toHex } from '../base/bytes';
import { verifyCheckpoint, verifyCosigned } from './checkpoint';
import type { Checkpoint } from './checkpoint';
import { parseNote, parseVerifierKey, verifyNote } from './note';
import type { SignedNote, VerifierKey } from './note';
import { parseProof, verifyProof } from './proof';
import { checkpointSentence, inclusionSentences, leafProofSentence } from './sentences.testing';
import { textOf } from './text';
import { parseTrustPolicy } from './trust_policy';
import type { PolicyFault, TrustPolicy } from './trust_policy';

/** Names each case that came to something else than the vectors say. */
async function expectEach(cases: readonly Patched[], outcome: (text: string | null, one: Patched) => Promise<unknown>) {
  const wrong: unknown[] = [];
  for (const one of cases) {
    const found = await outcome(textOf(one.bytes), one);
    try {
      expect(found).toEqual(one.outcome.json);
    } catch {
      wrong.push({ how: one.how, found, wanted: one.outcome.json });
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
}

function keyIn(file: Vector, name: string): VerifierKey {
  const key = parseVerifierKey(file.at(name).text());
  if (!key.ok) throw new Error(key.why.code);
  return key.value;
}

function policyIn(file: Vector): TrustPolicy {
  const policy = parseTrustPolicy(file.at('policy').text());
  if (!policy.ok) throw new Error(policy.why.what);
  return policy.value;
}

const codes: Readonly<Record<string, string>> = {
  'key-malformed': 'malformed', 'key-unsupported': 'unsupported',
  'note-malformed': 'malformed', 'note-too-large': 'too-large', 'note-too-many-signatures': 'too-large',
  'checkpoint-malformed': 'malformed',
  'signature-bad': 'invalid', 'signature-missing': 'invalid', 'origin-another': 'invalid', 'log-unknown': 'invalid',
};
const fields: Readonly<Record<string, string>> = {
  'signature-bad': 'signature', 'signature-missing': 'key', 'origin-another': 'origin', 'log-unknown': 'origin',
};

function refusalJson(why: Parameters<typeof checkpointSentence>[0]): unknown {
  return { code: codes[why.code], field: fields[why.code] ?? '', detail: checkpointSentence(why) };
}

function checkpointJson({ origin, size, root, extensions }: Checkpoint): unknown {
  return { origin, size: `${size}`, root: toBase64(root), extensions };
}

const noText = refusalJson({ code: 'note-malformed', part: 'text' });

describeVectors('log_keys.json', (file) => {
  it('are read as C++ reads them', () =>
    expectEach(patched(file), async (text) => {
      if (text === null) return refusalJson({ code: 'key-malformed' });
      const key = parseVerifierKey(text);
      if (!key.ok) return refusalJson(key.why);
      const { name, id, type, publicKey } = key.value;
      return { name, id: toHex(id), type, public_key: toBase64(publicKey) };
    }));
});

async function noteJson(note: SignedNote, log: VerifierKey, witness: VerifierKey, policy: TrustPolicy) {
  const signers = await verifyNote(note, [log, witness]);
  const checkpoint = await verifyCheckpoint(note, log);
  const cosigned = await verifyCosigned(note, policy);
  return {
    parsed: null,
    signers: signers.ok ? signers.value.map((key) => key.name) : refusalJson(signers.why),
    checkpoint: checkpoint.ok ? checkpointJson(checkpoint.value) : refusalJson(checkpoint.why),
    cosigned: cosigned.ok
      ? {
          cosigners: cosigned.value.cosigners.map((key) => key.name),
          quorum: cosigned.value.quorum,
          seen_at: cosigned.value.seenAt,
        }
      : refusalJson(cosigned.why),
  };
}

describeVectors('log_notes.json', (file) => {
  it('are read and believed as in C++', { timeout: 60_000 }, () => {
    const log = keyIn(file, 'log');
    const witness = keyIn(file, 'witness');
    const policy = policyIn(file);
    return expectEach(patched(file), async (text) => {
      if (text === null) return { parsed: noText };
      const note = parseNote(text);
      return note.ok ? noteJson(note.value, log, witness, policy) : { parsed: refusalJson(note.why) };
    });
  });
});

describeVectors('log_leaf_proofs.json', (file) => {
  it('are read and checked as in C++', { timeout: 60_000 }, () => {
    const log = keyIn(file, 'log');
    const leaf = file.at('leaf').bytes();
    return expectEach(patched(file), async (text, { outcome }) => {
      // C++ finds what is wrong with such bytes wherever it meets them; here they never become a text.
      if (text === null) return { parsed: expectedMalformed(outcome) };
      const proof = parseProof(text);
      if (!proof.ok)
        return {
          parsed: {
            code: proof.why.code.includes('too-') ? 'too-large' : 'malformed',
            field: '',
            detail: leafProofSentence(proof.why),
          },
        };
      const verified = await verifyProof(proof.value, leaf, log);
      if (verified.ok) return { parsed: null, verified: checkpointJson(verified.value) };
      if (verified.why.code !== 'not-included') return { parsed: null, verified: refusalJson(verified.why) };
      const how = verified.why.how;
      const field = how === 'no-such-leaf' ? 'index' : how === 'another-root' ? 'root' : 'proof';
      return { parsed: null, verified: { code: 'invalid', field, detail: inclusionSentences[how] } };
    });
  });
});

function expectedMalformed(outcome: Vector): unknown {
  expect(outcome.at('parsed').at('code').text()).toBe('malformed');
  return outcome.at('parsed').json;
}

/** Words of the C++ side's sentence for each fault. */
const faults: Readonly<Record<PolicyFault, string>> = {
  'too-large': 'is too large', 'no-quorum': 'has no quorum', 'no-newline': 'has no newline',
  'control-character': 'holds a control character', 'too-many-lines': 'one line too many', 'unknown-word': 'begins with',
  'log-form': 'must be: log', 'witness-form': 'must be: witness', 'group-form': 'must be: group',
  'quorum-form': 'must be: quorum', key: 'no key that can be used', 'key-type': 'has a key of a type',
  'key-twice': 'has a key that stands', 'name-none': 'may not use the name', 'name-twice': 'a second time',
  'member-undefined': 'no line before it defines', 'member-grouped': 'in a group already',
  threshold: 'needs all, any', 'second-quorum': 'a second quorum',
};

const witnessNames = ['w/1', 'w/2', 'w/3'];

describeVectors('log_policies.json', (file) => {
  it('are read as C++ reads them, or refused in the same line for the same reason', () => {
    const keys = new Map<string, VerifierKey>();
    for (const { bytes } of patched(file).slice(0, 1))
      for (const word of (textOf(bytes) ?? '').split(/[ \n]/)) {
        const key = parseVerifierKey(word);
        if (key.ok) keys.set(key.value.name, key.value);
      }
    return expectEach(patched(file), async (text, { outcome }) => {
      const policy = parseTrustPolicy(text ?? '');
      if (!policy.ok) {
        const said = outcome.at('detail').text();
        expect(said).toContain(faults[policy.why.what]);
        if (policy.why.line > 0) expect(said).toContain(`Line ${policy.why.line} of the policy`);
        return outcome.json;
      }
      const { logs, witnesses, asksForCosignatures } = policy.value;
      const quorums = [0, 1, 2, 3, 4, 5, 6, 7].map((set) => {
        const names = witnessNames.filter((_, i) => ((set >> i) & 1) === 1);
        return policy.value.quorum(names.flatMap((name) => keys.get(name) ?? []));
      });
      return { logs: logs.length, witnesses: witnesses.length, asks: asksForCosignatures, quorums };
    });
  });
});
