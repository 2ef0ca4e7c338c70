import { type Statement, type StatusToken, StatusLists, type Trust, type Verification, verify } from '../../credential';
import { looksLikeSeal } from '../../credential/statement';
import { inPerson } from '../../showing/question';

/** Whether somebody signed it for a question: then the question is asked. What has no such signature is taken as a copy. */
export function isAnswer(text: string): boolean {
  return !looksLikeSeal(text) && !text.endsWith('~');
}

export interface Checked {
  verification: Verification;
  /** How it was shown: by its holder, who signed it now; on paper; or as a file that whoever has it can show. */
  shown: 'by-holder' | 'on-paper' | 'as-file';
  /** Seconds since 1970. */
  at: number;
}

export async function check(text: string, trust: Trust, tokens: readonly StatusToken[], question: string, now: number): Promise<Checked> {
  const lists = await StatusLists.check(tokens, trust);
  const answered = isAnswer(text);
  const verification = await verify(text, trust, lists, now, answered ? { audience: inPerson, nonce: question } : null);
  return { verification, shown: looksLikeSeal(text) ? 'on-paper' : answered ? 'by-holder' : 'as-file', at: now };
}

/** Whole days since a proof was made. */
export function ageInDays({ issuedAt }: Statement, now: number): number {
  return Math.max(0, Math.floor((now - issuedAt) / 86_400));
}
