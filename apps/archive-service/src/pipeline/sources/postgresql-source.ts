import { dataSetPaths, type ExcludedContent, type ReconciledTable } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import {
  describeConnection,
  diagnose,
  openSnapshot,
  type LargeObject,
  type PostgresConnection,
  type PostgresSnapshot,
  type TableRef,
} from '@lastcopy/source-postgresql';
import type { ArchiveSource, CopyUnit, SnapshotFindings, SourceSnapshot } from '../ports/archive-source.js';
import { packLargeObjects } from './pack-large-objects.js';

export interface PostgresSourceOptions {
  connection: PostgresConnection;
  /** Have the source hash each table's content in the snapshot of the export. */
  hashContents: boolean;
  /** A database without any table and large object is meant. */
  allowEmpty: boolean;
  lockTimeoutMs: number;
  inactivityMs: number;
}

function excludedOf({ excluded }: PostgresSnapshot): ExcludedContent | null {
  const reasons = [...new Set(excluded.map(({ reason }) => reason))].sort();
  return reasons.length > 0 ? { count: excluded.length, reasons } : null;
}

/** A PostgreSQL database as data sets: each leaf table a CSV, large objects a tar. */
class PostgresSourceSnapshot implements SourceSnapshot {
  readonly kind = 'postgresql';
  readonly parallel = 2;
  readonly version: string;
  readonly snapshotId: string;
  readonly takenAt: string;
  readonly units: readonly CopyUnit[];
  private readonly tables = new Map<string, ReconciledTable>();

  constructor(
    private readonly snapshot: PostgresSnapshot,
    private readonly largeObjects: readonly LargeObject[],
    private readonly hashContents: boolean,
    readonly expectedBytes: number,
  ) {
    this.version = snapshot.serverVersion;
    this.snapshotId = snapshot.snapshotId;
    this.takenAt = snapshot.takenAt;
    const tables = snapshot.tables.map((table) => this.tableUnit(table));
    this.units = largeObjects.length > 0 ? [...tables, this.largeObjectsUnit()] : tables;
  }

  async finish(): Promise<SnapshotFindings> {
    const schema = await this.snapshot.finish();
    const tables = this.snapshot.tables.map(({ ordinal }) => this.tables.get(ordinal)!);
    const totalBytes = this.largeObjects.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
    const large_objects =
      this.largeObjects.length > 0
        ? { data_set: dataSetPaths.largeObjects, objects: this.largeObjects.length, total_bytes: totalBytes }
        : null;
    const { snapshotId: snapshot_id, takenAt: taken_at } = this;
    return {
      schema: { ...schema, large_objects: this.largeObjects },
      reconciliation: { document_version: 1, source_kind: this.kind, snapshot_id, taken_at, tables, large_objects, tree: null },
      excluded: excludedOf(this.snapshot),
    };
  }

  close(): Promise<void> {
    return this.snapshot.close();
  }

  private tableUnit(table: TableRef): CopyUnit {
    const path = `data/${table.ordinal}`;
    return {
      outputs: [{ path, kind: 'table', extension: 'csv' }],
      copy: async ([sink], signal) => {
        const { rows } = await this.snapshot.copyOut(table, (block, count) => sink!(block, count), { signal });
        const hashed = this.hashContents ? await this.snapshot.contentHash(table) : null;
        this.tables.set(table.ordinal, {
          data_set: path,
          schema: table.schema,
          name: table.name,
          rows,
          content_hash: hashed?.hash ?? null,
          query: hashed?.query ?? null,
        });
      },
    };
  }

  private largeObjectsUnit(): CopyUnit {
    return {
      outputs: [{ path: dataSetPaths.largeObjects, kind: 'lobs', extension: 'tar' }],
      copy: ([sink], signal) => packLargeObjects(this.snapshot, this.largeObjects, sink!, signal),
    };
  }
}

export class PostgresSource implements ArchiveSource {
  constructor(private readonly options: PostgresSourceOptions) {}

  async open(signal: AbortSignal): Promise<SourceSnapshot> {
    const { connection, hashContents, allowEmpty, lockTimeoutMs, inactivityMs } = this.options;
    const { size_bytes } = await diagnose(connection);
    const snapshot = await openSnapshot(connection, { lockTimeoutMs, inactivityMs, signal });
    try {
      const largeObjects = await snapshot.largeObjects();
      if (snapshot.tables.length + largeObjects.length === 0 && !allowEmpty) {
        throw new CodedError('SOURCE_EMPTY', `There is no table and no large object in ${describeConnection(connection)}.`);
      }
      return new PostgresSourceSnapshot(snapshot, largeObjects, hashContents, size_bytes);
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }
}
