import { dataSetPaths, type ReconciliationDocument } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { diagnoseDirectory, fingerprintDirectory, packDirectory, type PackTotals } from '@lastcopy/source-directory';
import type { ArchiveSource, CopyUnit, SnapshotFindings, SourceSnapshot } from '../ports/archive-source.js';

const noContent = 'sockets, named pipes and device nodes hold no data at rest';

type Fingerprinted = PackTotals & { fingerprint: string };

/** A tree of files as two data sets: a tar, and an index of it. Nothing freezes a tree, so it is proven to have stood still. */
class DirectorySnapshot implements SourceSnapshot {
  readonly kind = 'directory';
  readonly version = 'posix';
  readonly parallel = 1;
  readonly snapshotId: string;
  readonly expectedBytes: number;
  readonly units: readonly CopyUnit[];
  private packed: Fingerprinted | undefined;

  constructor(
    private readonly folder: string,
    private readonly before: Fingerprinted,
    readonly takenAt: string,
    private readonly signal: AbortSignal,
  ) {
    this.snapshotId = before.fingerprint;
    this.expectedBytes = before.totalBytes;
    this.units = [this.unit()];
  }

  async finish(): Promise<SnapshotFindings> {
    const after = await fingerprintDirectory(this.folder, { signal: this.signal });
    const packed = this.packed;
    if (!packed || packed.fingerprint !== this.before.fingerprint || after.fingerprint !== this.before.fingerprint) {
      throw new CodedError(
        'SOURCE_FILE_CHANGED',
        `Something below ${this.folder} was written while it was archived. Stop what writes there.`,
      );
    }
    const tree = {
      data_set: dataSetPaths.files,
      index_data_set: dataSetPaths.fileIndex,
      entries: packed.entries,
      files: packed.files,
      total_bytes: packed.totalBytes,
      excluded: packed.excluded,
      fingerprint: packed.fingerprint,
    };
    const { kind: source_kind, snapshotId: snapshot_id, takenAt: taken_at } = this;
    const reconciliation: ReconciliationDocument = {
      document_version: 1,
      source_kind,
      snapshot_id,
      taken_at,
      tables: [],
      large_objects: null,
      tree,
    };
    const excluded = packed.excluded > 0 ? { count: packed.excluded, reasons: [noContent] } : null;
    return { schema: null, reconciliation, excluded };
  }

  async close(): Promise<void> {
    // Nothing is held open between the walks.
  }

  private unit(): CopyUnit {
    return {
      outputs: [
        { path: dataSetPaths.files, kind: 'files', extension: 'tar' },
        { path: dataSetPaths.fileIndex, kind: 'file_index', extension: 'jsonl' },
      ],
      copy: async ([tar, index], signal) => {
        this.packed = await packDirectory(this.folder, { tar: tar!, index: index! }, { signal });
      },
    };
  }
}

export class DirectorySource implements ArchiveSource {
  constructor(
    private readonly path: string,
    private readonly allowedRoots: readonly string[],
    private readonly allowEmpty: boolean,
    private readonly now: () => Date,
  ) {}

  async open(signal: AbortSignal): Promise<SourceSnapshot> {
    const { path: folder } = await diagnoseDirectory(this.path, this.allowedRoots);
    const takenAt = this.now().toISOString();
    const before = await fingerprintDirectory(folder, { signal });
    // The folder itself is an entry.
    if (before.entries <= 1 && !this.allowEmpty) throw new CodedError('SOURCE_EMPTY', `There is nothing in the folder ${folder}.`);
    return new DirectorySnapshot(folder, before, takenAt, signal);
  }
}
