// The log as a person's own device checks it: a whole history, a single proof, and checkpoints against those seen before.
export { audit } from './audit';
export type { Trust } from './audit';
export type {
  AuditEpochs, AuditReason, AuditReport, AuditRow, AuditVerdict, AuditWitnesses, CheckpointObjection, EntryObjection,
  EpochObjection, RowState,
} from './audit_report';
export { isTestOrigin, parseCheckpoint, verifyCheckpoint, verifyCosigned } from './checkpoint';
export type { Checkpoint, Cosigned, SignedCheckpointRefusal } from './checkpoint';
export { commitment, entryLeaf } from './entry';
export type { Entry } from './entry';
export { decodeHistory } from './history';
export type { History, HistoryRefusal } from './history';
export { parseNote, parseVerifierKey } from './note';
export type { SignedNote, VerifierKey } from './note';
export { Pace } from './pace';
export { parseProof, verifyProof } from './proof';
export type { LeafProof } from './proof';
export { SeenHeads } from './seen';
export type { Kept, KeyValueStore, Relation, Sighting } from './seen';
export { textOf } from './text';
export type { TileFetcher } from './tiles';
export { parseTrustPolicy } from './trust_policy';
