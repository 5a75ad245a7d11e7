import type { EvidenceRequirement } from '@lastcopy/contracts';
import type { EventStore } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import type { ArtifactContents } from './ports/artifact-contents.js';

export interface ArtifactParts {
  store: EventStore;
  reader: EvidenceReader;
  contents: ArtifactContents;
  clock: Clock;
  /** What a flow needs unless it says otherwise. */
  defaults: readonly EvidenceRequirement[];
  /** How long a document is kept at least. */
  retentionDays: number;
}
