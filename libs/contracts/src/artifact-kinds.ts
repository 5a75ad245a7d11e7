/** The documents that a flow's evidence may consist of, beside its archives. */
export const artifactKinds = [
  'data_retention_policy',
  'compliance_attestation',
  'archive_verification_report',
  'legal_destruction_approval',
  'migration_completion_certificate',
] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

/** The kinds that the product makes itself; nobody uploads them. */
export const productMadeKinds = [
  'archive_verification_report',
  'migration_completion_certificate',
] as const satisfies readonly ArtifactKind[];

/** `start`: before archiving starts. `transition`: before the flow goes on to system shutdown. */
export const evidenceMoments = ['start', 'transition'] as const;
export type EvidenceMoment = (typeof evidenceMoments)[number];

export const flowInputKinds = ['compliance_confirmation', 'archive_destination', 'classification', 'progress_note'] as const;
export type FlowInputKind = (typeof flowInputKinds)[number];
