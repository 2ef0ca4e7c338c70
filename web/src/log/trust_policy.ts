// Whom to believe about a log: its key, its witnesses, and how many of them must have cosigned (C2SP tlog-policy).
import { toHex } from '../base/bytes';
import { parseVerifierKey } from './note';
import type { SignatureType, VerifierKey } from './note';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { bytesOf, Lines, parseDecimal } from './text';

const maxPolicySizeBytes = 1_000_000;
const maxPolicyLines = 1_000;

/** A log, or a witness, that a policy knows. */
export interface TrustedKey {
  /** Of a witness, within its policy only; empty for a log. */
  readonly name: string;
  readonly key: VerifierKey;
  /** Of a witness: its submission prefix; of a log: where its files are. */
  readonly url: string | null;
}

/** What is wrong with a policy, and in which line, counted from 1; 0 if with all of it. */
export interface PolicyRefusal {
  readonly line: number;
  readonly what: PolicyFault;
}

export type PolicyFault =
  | 'too-large' | 'no-quorum' // of the whole
  | 'no-newline' | 'control-character' | 'too-many-lines' | 'unknown-word'
  | 'log-form' | 'witness-form' | 'group-form' | 'quorum-form'
  | 'key' | 'key-type' | 'key-twice' | 'name-none' | 'name-twice'
  | 'member-undefined' | 'member-grouped' | 'threshold' | 'second-quorum';

/** A witness (its place among them), or a group (its place among those). */
interface Member {
  readonly group: boolean;
  readonly place: number;
}

interface Group {
  readonly threshold: number;
  readonly members: readonly Member[];
}

export class TrustPolicy {
  constructor(
    readonly logs: readonly TrustedKey[],
    readonly witnesses: readonly TrustedKey[],
    private readonly groups: readonly Group[],
    private readonly wanted: Member | null,
  ) {}

  /** The key of the log of this origin, or null. */
  logKey(origin: string): VerifierKey | null {
    return this.logs.find((log) => log.key.name === origin)?.key ?? null;
  }

  /** False for "quorum none". */
  get asksForCosignatures(): boolean {
    return this.wanted !== null;
  }

  /** True if the witnesses with these keys make a quorum. */
  quorum(cosigners: readonly VerifierKey[]): boolean {
    const lines = new Set(cosigners.map((key) => key.line));
    return this.wanted === null || this.hasCosigned(this.wanted, lines);
  }

  private hasCosigned(member: Member, lines: ReadonlySet<string>): boolean {
    if (!member.group) {
      const witness = this.witnesses[member.place];
      return witness !== undefined && lines.has(witness.key.line);
    }
    const group = this.groups[member.place];
    if (group === undefined) return false;
    return group.members.filter((inner) => this.hasCosigned(inner, lines)).length >= group.threshold;
  }
}

/** Reads a policy line by line; each method takes the words of one line and answers with what is wrong with it. */
class PolicyReader {
  private readonly logs: TrustedKey[] = [];
  private readonly witnesses: TrustedKey[] = [];
  private readonly groups: Group[] = [];
  private quorum: Member | null = null;
  private hasQuorum = false;
  private readonly names = new Map<string, Member>();
  private readonly grouped = new Set<string>();
  private readonly keys = new Set<string>();
  private count = 0;

  finish(): TrustPolicy | null {
    return this.hasQuorum ? new TrustPolicy(this.logs, this.witnesses, this.groups, this.quorum) : null;
  }

  take(line: string): PolicyFault | null {
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) return 'control-character';
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const [first] = words;
    if (first === undefined || first.startsWith('#')) return null;
    this.count += 1;
    if (this.count > maxPolicyLines) return 'too-many-lines';
    if (first === 'log') return this.takeLog(words);
    if (first === 'witness') return this.takeWitness(words);
    if (first === 'group') return this.takeGroup(words);
    if (first === 'quorum') return this.takeQuorum(words);
    return 'unknown-word';
  }

  private takeLog(words: readonly string[]): PolicyFault | null {
    const [, line, url] = words;
    if (line === undefined || words.length > 3) return 'log-form';
    const key = this.keyIn(line, 'ed25519');
    if (typeof key === 'string') return key;
    this.logs.push({ name: '', key, url: url ?? null });
    return null;
  }

  private takeWitness(words: readonly string[]): PolicyFault | null {
    const [, name, line, url] = words;
    if (name === undefined || line === undefined || words.length > 4) return 'witness-form';
    const key = this.keyIn(line, 'cosignature');
    if (typeof key === 'string') return key;
    const fault = this.define(name, { group: false, place: this.witnesses.length });
    if (fault === null) this.witnesses.push({ name, key, url: url ?? null });
    return fault;
  }

  private takeGroup(words: readonly string[]): PolicyFault | null {
    const [, name, wanted, ...names] = words;
    if (name === undefined || wanted === undefined || names.length === 0) return 'group-form';
    const members: Member[] = [];
    for (const inner of names) {
      const member = this.names.get(inner);
      if (member === undefined) return 'member-undefined';
      if (this.grouped.has(inner)) return 'member-grouped'; // a member counts once
      this.grouped.add(inner);
      members.push(member);
    }
    const threshold = thresholdIn(wanted, members.length);
    if (threshold === null) return 'threshold';
    const fault = this.define(name, { group: true, place: this.groups.length });
    if (fault === null) this.groups.push({ threshold, members });
    return fault;
  }

  private takeQuorum(words: readonly string[]): PolicyFault | null {
    const [, name] = words;
    if (name === undefined || words.length > 2) return 'quorum-form';
    if (this.hasQuorum) return 'second-quorum';
    this.hasQuorum = true;
    if (name === 'none') return null;
    const member = this.names.get(name);
    if (member === undefined) return 'member-undefined';
    this.quorum = member;
    return null;
  }

  private keyIn(line: string, type: SignatureType): VerifierKey | PolicyFault {
    const key = parseVerifierKey(line);
    if (!key.ok) return 'key';
    if (key.value.type !== type) return 'key-type';
    const bytes = toHex(key.value.publicKey);
    if (this.keys.has(bytes)) return 'key-twice';
    this.keys.add(bytes);
    return key.value;
  }

  private define(name: string, member: Member): PolicyFault | null {
    if (name === 'none') return 'name-none';
    if (this.names.has(name)) return 'name-twice';
    this.names.set(name, member);
    return null;
  }
}

function thresholdIn(word: string, members: number): number | null {
  if (word === 'all') return members;
  if (word === 'any') return 1;
  const number = parseDecimal(word);
  return number === null || number < 1n || number > BigInt(members) ? null : Number(number);
}

/** Takes the text of a policy file. */
export function parseTrustPolicy(text: string): Outcome<TrustPolicy, PolicyRefusal> {
  if (bytesOf(text).length > maxPolicySizeBytes) return refused({ line: 0, what: 'too-large' });
  const reader = new PolicyReader();
  const lines = new Lines(text);
  for (let number = 1; lines.rest() !== ''; ++number) {
    const line = lines.take();
    if (line === null) return refused({ line: number, what: 'no-newline' });
    const fault = reader.take(line);
    if (fault !== null) return refused({ line: number, what: fault });
  }
  const policy = reader.finish();
  return policy === null ? refused({ line: 0, what: 'no-quorum' }) : done(policy);
}
