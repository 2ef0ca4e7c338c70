import type { Verdict } from '../../credential';

/** How a verdict looks besides its words: by colour and, for who sees none, by shape. */
export type Tone = 'good' | 'bad' | 'unsure' | 'test';

const tones: Record<Verdict, Tone> = {
  valid: 'good',
  malformed: 'bad', 'bad-signature': 'bad', 'untrusted-issuer': 'bad', revoked: 'bad', suspended: 'bad', expired: 'bad',
  'holder-not-bound': 'unsure', 'not-yet-valid': 'unsure', 'status-unknown': 'unsure',
  'test-mode': 'test',
};

export function toneOf(verdict: Verdict): Tone {
  return tones[verdict];
}

/** A disc with a tick, an octagon with a cross, a triangle that warns, a square with stripes. Its words stand beside it. */
export function VerdictShape({ tone }: { tone: Tone }) {
  return (
    <svg class="shape" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {tone === 'good' && <><circle cx="24" cy="24" r="22" /><path class="sign" d="M13 25l8 8 15-17" /></>}
      {tone === 'bad' && <><path d="M15 2h18l13 13v18L33 46H15L2 33V15z" /><path class="sign" d="M16 16l16 16M32 16L16 32" /></>}
      {tone === 'unsure' && <><path d="M24 3l22 41H2z" /><path class="sign" d="M24 18v12M24 36.5v.5" /></>}
      {tone === 'test' && <><rect x="3" y="3" width="42" height="42" rx="5" /><path class="sign" d="M6 28L28 6M10 42L42 10M28 42l14-14" /></>}
    </svg>
  );
}
