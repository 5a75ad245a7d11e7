/** What an entry of a pack is; sockets, pipes and devices hold no data and are listed as excluded. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'hardlink' | 'socket' | 'fifo' | 'character_device' | 'block_device';

/**
 * One line of the index (JSONL, snake_case), in the order of the pack. `path` is relative to the root ('.' is the root itself), with `/`.
 * A name that is not UTF-8 has a readable stand-in there, and its very bytes in `path_base64`; the same holds for link targets.
 */
export interface IndexEntry {
  readonly path: string;
  readonly path_base64?: string;
  readonly kind: EntryKind;
  /** Octal permission bits, for example `0644`. */
  readonly mode: string;
  /** RFC 3339 in UTC with nanoseconds. */
  readonly mtime: string;
  readonly uid: number;
  readonly gid: number;
  readonly owner?: string;
  readonly group?: string;
  /** Of a symlink: its text. Of a hard link: the path of the entry that holds the content. */
  readonly link_target?: string;
  readonly link_target_base64?: string;
  /** Files only. */
  readonly size_bytes?: number;
  readonly sha256?: string;
  /** Why the entry is not in the pack. */
  readonly excluded?: string;
}

/** What was packed, verified or restored. `totalBytes` is the content of files. */
export interface PackTotals {
  readonly entries: number;
  readonly files: number;
  readonly totalBytes: number;
  readonly excluded: number;
}

const nanosPerMilli = 1_000_000n;
const nanosPerSecond = 1_000_000_000n;

/** Nanoseconds since the epoch as RFC 3339: JavaScript's own Date would drop all below a millisecond. */
export const timestampOf = (nanos: bigint): string => {
  const fraction = ((nanos % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const whole = new Date(Number((nanos - fraction) / nanosPerMilli)).toISOString();
  return `${whole.slice(0, whole.indexOf('.'))}.${fraction.toString().padStart(9, '0')}Z`;
};

export const nanosOf = (timestamp: string): bigint => {
  const [whole, fraction] = timestamp.slice(0, -1).split('.');
  return BigInt(Date.parse(`${whole}Z`)) * nanosPerMilli + BigInt(fraction ?? '0');
};

export const modeText = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');
