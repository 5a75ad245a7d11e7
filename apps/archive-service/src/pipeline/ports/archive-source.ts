import type { ExcludedContent, ReconciliationDocument, SourceKind } from '@lastcopy/contracts';

/** Takes a block of plain text that holds `rows` rows; the block may be reused when the promise resolves. */
export type BlockSink = (block: Buffer, rows: number) => Promise<void>;

export type DataSetKind = 'table' | 'files' | 'file_index' | 'lobs';

export interface DataSetOutput {
  /** Path in the package: `data/t-0001`. */
  path: string;
  kind: DataSetKind;
  extension: string;
}

/** Something that is copied in one go, into one data set or into several at once. */
export interface CopyUnit {
  outputs: readonly DataSetOutput[];
  /** One sink for each output, in their order; calls to one sink do not overlap. Errors: SOURCE_*, or what a sink throws. */
  copy(sinks: readonly BlockSink[], signal: AbortSignal): Promise<void>;
}

export interface SnapshotFindings {
  schema: object | null;
  reconciliation: ReconciliationDocument;
  /** Null when everything that the source holds was copied. */
  excluded: ExcludedContent | null;
}

/** One consistent view of a source. */
export interface SourceSnapshot {
  kind: SourceKind;
  version: string;
  snapshotId: string;
  /** ISO 8601 UTC. */
  takenAt: string;
  /** Estimate of the plain text, for progress. */
  expectedBytes: number | null;
  units: readonly CopyUnit[];
  /** How many units may be copied side by side. */
  parallel: number;
  /**
   * After the last copy: checks that the snapshot held, and answers the documents of the metadata.
   * Errors: SOURCE_SCHEMA_CHANGED, SOURCE_FILE_CHANGED, SOURCE_COUNT_MISMATCH, SOURCE_LOST.
   */
  finish(): Promise<SnapshotFindings>;
  /** Frees everything; may be called at any time, and twice. */
  close(): Promise<void>;
}

/** A kind of source that can be archived. */
export interface ArchiveSource {
  /** Errors: SOURCE_* (SOURCE_EMPTY unless that is allowed), SECRET_UNKNOWN; the signal's reason. */
  open(signal: AbortSignal): Promise<SourceSnapshot>;
}
