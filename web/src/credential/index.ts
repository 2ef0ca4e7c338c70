// Proofs of residence in the browser: what one is worth, and those that a person keeps.
export { bindProof, makeHolderKey, present, readKept } from './holder';
export type { HolderKey, KeptProof, ProofStore, ReadProof } from './holder';
export { BrowserProofStore } from './proof_store';
export { verdicts } from './reason';
export type { Reason, Verdict } from './reason';
export { addressClaims, personClaims, residenceClaims } from './statement';
export type { AddressClaim, PersonClaim, ResidenceClaim, Statement, Texts } from './statement';
export { parseStatusToken, StatusLists } from './status_list';
export type { StatusToken } from './status_list';
export { readTrust } from './trust';
export type { Trust, TrustedIssuer, TrustRefusal } from './trust';
export { verify } from './verification';
export type { Challenge, Fault, Verification } from './verification';
