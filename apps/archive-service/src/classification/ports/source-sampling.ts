import type { SourceDescription, Tenant } from '@lastcopy/contracts';

/** A column, or the files of one kind in one folder. Values never leave the look at them: no log, error or event holds one. */
export interface SampledElement {
  /** As it is shown; for a column of a file, with the file before it. */
  name: string;
  /** The column's own name, where that is not `name`. */
  column?: string;
  values: readonly string[];
}

/** A table or a folder; `elements` is null when it could not be read. */
export interface SampledContainer {
  name: string;
  elements: readonly SampledElement[] | null;
}

/** Reads a bounded sample of a source, read-only. */
export interface SourceSampling {
  /**
   * `overflow` is called when a limit keeps something from being looked at. One container after the other, each to be let go of before the next. Ends early, without an error, when the signal aborts.
   * Errors: SOURCE_* and SECRET_UNKNOWN when the source as a whole cannot be read.
   */
  sample(tenant: Tenant, source: SourceDescription, signal: AbortSignal, overflow: () => void): AsyncIterable<SampledContainer>;
}
