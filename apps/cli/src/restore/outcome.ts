/** One table, tree or set of large objects after it was restored and compared. */
export interface RestoredPart {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly equal: boolean;
  /** Why it is not equal. */
  readonly difference?: string;
}

export interface RestoreOutcome {
  readonly parts: readonly RestoredPart[];
  /** What a person should know besides. */
  readonly notes: readonly string[];
}
