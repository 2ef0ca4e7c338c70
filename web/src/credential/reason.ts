// What may be found of a proof, and why: the words of src/credential/verification.hpp, as codes that pages turn into
// sentences.

/** In the order in which they are looked for; the first that applies is the one (G8). */
export const verdicts = [
  'malformed', 'bad-signature', 'test-mode', 'untrusted-issuer', 'holder-not-bound', 'not-yet-valid', 'expired',
  'revoked', 'suspended', 'status-unknown', 'valid',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Rules of the form, of which a proof or a list breaks one. */
export type FormReason =
  // SD-JWT (RFC 9901)
  | 'no-text' | 'no-tilde' | 'disclosure-empty' | 'disclosures-too-many' | 'disclosure-encoding' | 'disclosure-list'
  | 'disclosure-twice' | 'disclosure-of-nothing' | 'disclosure-of-member' | 'disclosure-of-element'
  | 'digest-algorithm' | 'digest-list' | 'digest-text' | 'digest-twice' | 'placeholder-claim' | 'placeholder-members'
  | 'disclosed-name' | 'claim-twice' | 'never-disclosed'
  // JSON Web Signatures and Keys (RFC 7515, 7517)
  | 'parts' | 'header-encoding' | 'header-object' | 'payload-encoding' | 'payload-object' | 'algorithm' | 'type'
  | 'critical' | 'key-object' | 'key-private' | 'key-curve' | 'key-point' | 'signature-size'
  // Certificates that come along
  | 'certificates' | 'certificate' | 'certificate-self-signed'
  // Members
  | 'text-missing' | 'number-missing' | 'object-missing' | 'time-range' | 'claim-text' | 'claim-unknown'
  // What a proof of residence is
  | 'kind' | 'mode' | 'holder-key' | 'status-index' | 'life' | 'dates'
  // Seals
  | 'seal-size' | 'seal-object' | 'seal-numbers' | 'seal-member' | 'seal-text' | 'seal-version' | 'seal-number'
  | 'seal-date' | 'seal-claim'
  // Status lists
  | 'list-size' | 'list-life' | 'list-width' | 'list-encoding' | 'list-packing';

export type Reason =
  | FormReason
  | 'signer-key' | 'signature'
  | 'test-mode'
  | 'issuer-unknown' | 'anchor-brought' | 'signer-usage' | 'chain' | 'certificate-early' | 'certificate-late'
  | 'holder-unnamed-but-signed' | 'holder-unnamed' | 'holder-unsigned' | 'holder-unasked' | 'holder-of-paper'
  | 'holder-signature' | 'holder-audience' | 'holder-nonce' | 'holder-claims' | 'holder-early' | 'holder-late'
  | 'time-early' | 'time-over'
  | 'status-revoked' | 'status-suspended' | 'list-missing' | 'list-over' | 'list-place' | 'status-value';

/** That something is not what it must be; thrown within this folder alone, and caught where a caller could see it. */
export class Refusal extends Error {
  /** `subject`: which claim, member, address or time it is about, if that helps. */
  constructor(readonly reason: Reason, readonly subject: string | null = null) {
    super(reason);
  }
}

/** What `work` gives, or the refusal that it ended with. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
