import type { SourceDescription, Tenant } from '@lastcopy/contracts';

/** What a source says of itself when it is asked. */
export interface SourceFindings {
  serverVersion: string | null;
  sizeBytes: number | null;
  warnings: string[];
}

/** Connects to a source as the export would and looks at everything that the export needs. */
export interface SourceDiagnosis {
  /** Errors: SOURCE_* and SECRET_UNKNOWN, each saying what to mend. Changes nothing at the source. */
  diagnose(tenant: Tenant, source: SourceDescription): Promise<SourceFindings>;
}
