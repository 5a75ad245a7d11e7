import type { Limits } from './archive-job/commands/start-migration.js';
import type { SourceDiagnosis } from './system/ports/source-diagnosis.js';

/** What the command handlers need beside what every service has. */
export interface ArchiveParts {
  limits: Limits;
  diagnosis: SourceDiagnosis;
}

/** Nest injection token of `ArchiveParts`. */
export const ARCHIVE_PARTS = Symbol('ArchiveParts');
