import { CodedError } from '@lastcopy/kernel';
import { captureSchema } from './catalog/capture-schema.js';
import { excludedRelations } from './census.js';
import { contentHashOn, countOn, type ContentHash } from './content-hash.js';
import type { BlockSink } from './copy-out-reader.js';
import { copyOutOn } from './copy-out.js';
import { qualifiedName } from './identifiers.js';
import { copyLargeObject, listLargeObjects, type LargeObject } from './large-objects.js';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import type { ExcludedRelation, SchemaDocument, SequenceDescription, TableRef } from './schema-document.js';
import { schemaFingerprint } from './schema-fingerprint.js';
import { readSequenceValues } from './sequence-values.js';
import { Session } from './session.js';
import { joinSnapshot, lockAndExport, type LockedCensus } from './snapshot-opening.js';
import { tableRefs } from './table-refs.js';
import { abortable, probed } from './watchdog.js';

export interface SnapshotOptions {
  /** Longest wait for another session's exclusive lock (default 30 s); then SOURCE_LOCKED. */
  readonly lockTimeoutMs?: number;
  /** Longest silence of the source while something is awaited from it (default 60 s); then SOURCE_STALLED. */
  readonly inactivityMs?: number;
  readonly signal?: AbortSignal;
}

interface SnapshotSessions {
  /** Holds ACCESS SHARE on every table until the end. */
  readonly locks: Session;
  /** Its transaction keeps the snapshot alive. */
  readonly exporter: Session;
}

/** One consistent view of a source. Calls may run side by side: each takes a connection of its own, and gives it back. */
export class PostgresSnapshot {
  readonly serverVersion: string;
  readonly snapshotId: string;
  /** ISO 8601, UTC, by the source's clock. */
  readonly takenAt: string;
  readonly tables: TableRef[];
  readonly excluded: ExcludedRelation[];
  private readonly idle: Session[] = [];
  private readonly inactivityMs: number;

  constructor(
    private readonly connection: PostgresConnection,
    private readonly sessions: SnapshotSessions,
    locked: LockedCensus,
    readonly schema: SchemaDocument,
    private readonly options: SnapshotOptions,
  ) {
    this.serverVersion = sessions.exporter.serverVersion;
    this.snapshotId = locked.snapshotId;
    this.takenAt = locked.takenAt;
    this.tables = tableRefs(schema);
    this.excluded = schema.excluded;
    this.inactivityMs = options.inactivityMs ?? 60_000;
  }

  /**
   * Gives the table's CSV to `sink`, block by block. Answers rows and bytes of plain text.
   * Throws SOURCE_COUNT_MISMATCH unless rows that came, rows that the server sent and `count(*)` of the snapshot agree;
   * SOURCE_LOST, SOURCE_STALLED, SOURCE_UNSUPPORTED; or what the sink throws.
   */
  async copyOut(table: TableRef, sink: BlockSink, options: { signal?: AbortSignal } = {}): Promise<{ rows: number; bytes: number }> {
    const signal = options.signal ?? this.options.signal;
    return this.onSession(async (session) => {
      const { rows, bytes } = await copyOutOn(session, table, sink, {
        inactivityMs: this.inactivityMs,
        ...(signal === undefined ? {} : { signal }),
      });
      const counted = await abortable(session, signal, () => countOn(session, table, this.inactivityMs));
      if (counted !== rows) {
        throw new CodedError(
          'SOURCE_COUNT_MISMATCH',
          `${qualifiedName(table)} of ${describeConnection(this.connection)}: ${rows} rows were copied, count(*) in the same snapshot says ${counted}.`,
          { details: { table: qualifiedName(table), copied: rows, counted } },
        );
      }
      return { rows, bytes };
    });
  }

  /** The source's own `count(*)` in this snapshot. */
  count(table: TableRef): Promise<number> {
    return this.onSession((session) => this.guarded(session, () => countOn(session, table, this.inactivityMs)));
  }

  /** The source's own hash over the content, the order of the rows left aside. */
  contentHash(table: TableRef): Promise<ContentHash> {
    return this.onSession((session) => this.guarded(session, () => contentHashOn(session, table, this.inactivityMs)));
  }

  largeObjects(): Promise<LargeObject[]> {
    return this.onSession((session) => this.guarded(session, () => probed(session, this.inactivityMs, () => listLargeObjects(session))));
  }

  /** Gives a large object's bytes to `sink` in order. Throws SOURCE_COUNT_MISMATCH when they are not `size_bytes` many. */
  copyLargeObject(object: LargeObject, sink: (slice: Buffer) => Promise<void>): Promise<void> {
    return this.onSession((session) => this.guarded(session, () => copyLargeObject(session, object, sink)));
  }

  /** As they are now: a sequence is not part of a snapshot. Read them after the copy. */
  readSequences(): Promise<SequenceDescription[]> {
    const { locks } = this.sessions;
    return probed(locks, this.inactivityMs, () => readSequenceValues(locks, this.schema.sequences));
  }

  /**
   * To be called after the last copy, before `close`. Answers the schema with the sequences' values.
   * Throws SOURCE_SCHEMA_CHANGED when the schema differs from that of the beginning, SOURCE_LOST when the locks were lost meanwhile.
   */
  async finish(): Promise<SchemaDocument> {
    const { locks, exporter } = this.sessions;
    await probed(exporter, this.inactivityMs, () => exporter.run('Checking that the snapshot held', 'SELECT 1'));
    const now = await probed(locks, this.inactivityMs, () => captureSchema(locks, this.excluded));
    if (schemaFingerprint(now, 'exact') !== schemaFingerprint(this.schema, 'exact')) {
      const changes = changedObjects(this.schema, now);
      throw new CodedError(
        'SOURCE_SCHEMA_CHANGED',
        `The schema of ${describeConnection(this.connection)} changed during the export: ${changes.slice(0, 10).join('; ')}.`,
        { details: { changes } },
      );
    }
    return { ...this.schema, sequences: await this.readSequences() };
  }

  /** Ends every connection; safe to call twice. */
  async close(): Promise<void> {
    await Promise.all([...this.idle.splice(0), this.sessions.locks, this.sessions.exporter].map((session) => session.close()));
  }

  private guarded<T>(session: Session, work: () => Promise<T>): Promise<T> {
    return abortable(session, this.options.signal, work);
  }

  /** A connection on which something failed may be in the middle of it: it is not used again. */
  private async onSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.joined();
    try {
      const result = await work(session);
      this.idle.push(session);
      return result;
    } catch (error) {
      session.destroy(new Error('given up after a failure'));
      throw error;
    }
  }

  private async joined(): Promise<Session> {
    for (let session = this.idle.pop(); session !== undefined; session = this.idle.pop()) if (!session.lostBecause) return session;
    const lost = this.sessions.locks.lostBecause ?? this.sessions.exporter.lostBecause;
    if (lost)
      throw new CodedError('SOURCE_LOST', `The snapshot of ${describeConnection(this.connection)} is gone: ${lost.message}`, {
        cause: lost,
      });
    const session = await Session.open(this.connection);
    try {
      await joinSnapshot(session, this.snapshotId);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}

function changedObjects(before: SchemaDocument, after: SchemaDocument): string[] {
  const index = (document: SchemaDocument) =>
    new Map(document.objects.map((object) => [`${object.kind} ${object.identity}`, object.statements.join('\n')]));
  const [old, now] = [index(before), index(after)];
  return [
    ...[...old]
      .filter(([name, text]) => now.get(name) !== text)
      .map(([name]) => (now.has(name) ? `${name} was altered` : `${name} was dropped`)),
    ...[...now.keys()].filter((name) => !old.has(name)).map((name) => `${name} was created`),
  ];
}

/** Locks the tables and takes one snapshot of the source; see `lockAndExport` for the order. The caller closes it. */
export async function openSnapshot(connection: PostgresConnection, options: SnapshotOptions = {}): Promise<PostgresSnapshot> {
  options.signal?.throwIfAborted();
  const locks = await Session.open(connection);
  let exporter: Session | undefined;
  try {
    exporter = await Session.open(connection);
    const sessions = { locks, exporter };
    // without its locks a snapshot protects nothing: it ends with them
    locks.client.on('error', () => sessions.exporter.destroy(locks.lostBecause ?? new Error('the locks were lost')));
    const inactivityMs = options.inactivityMs ?? 60_000;
    return await abortable(locks, options.signal, async () => {
      const locked = await probed(locks, inactivityMs, () => lockAndExport(locks, sessions.exporter, options.lockTimeoutMs ?? 30_000));
      const schema = await probed(sessions.exporter, inactivityMs, () =>
        captureSchema(sessions.exporter, excludedRelations(locked.census)),
      );
      return new PostgresSnapshot(connection, sessions, locked, schema, options);
    });
  } catch (error) {
    await Promise.all([locks.close(), exporter?.close()]);
    throw error;
  }
}
