import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CodedError } from '@lastcopy/kernel';

const schema = `
create table if not exists buckets (
  name text primary key, created_ms integer not null, versioning text not null, object_lock integer not null,
  default_mode text, default_days integer, default_years integer
) strict, without rowid;
create table if not exists versions (
  seq integer primary key autoincrement, bucket text not null, key blob not null, version_id text not null, is_latest integer not null,
  delete_marker integer not null, size_bytes integer not null, etag text not null, modified_ms integer not null, headers text not null,
  checksum text, lock_mode text, retain_until_ms integer, legal_hold integer not null, unique (bucket, key, version_id)
) strict;
create unique index if not exists versions_in_order on versions (bucket, key, seq desc);
create unique index if not exists versions_latest on versions (bucket, key) where is_latest = 1;
create table if not exists segments (
  seq integer not null references versions on delete cascade, ordinal integer not null, blob text not null unique,
  size_bytes integer not null, primary key (seq, ordinal)
) strict, without rowid;
create table if not exists uploads (
  upload_id text primary key, bucket text not null, key blob not null, started_ms integer not null, headers text not null,
  algorithm text, checksum_type text, lock_mode text, retain_until_ms integer, legal_hold integer not null
) strict, without rowid;
create index if not exists uploads_in_order on uploads (bucket, key, upload_id);
create table if not exists parts (
  upload_id text not null references uploads on delete cascade, number integer not null, blob text not null unique,
  size_bytes integer not null, etag text not null, checksum text, modified_ms integer not null, primary key (upload_id, number)
) strict, without rowid;
`;

const refuse = (dir: string, cause: unknown): CodedError => {
  const busy = String(cause).includes('locked');
  const why = busy ? 'another process serves it' : `its index cannot be opened (${String(cause)})`;
  const next = busy ? 'Stop that process or use another folder.' : 'Keep the folder as it is and restore index.sqlite from a backup.';
  return new CodedError('CONFIGURATION_INVALID', `The object store in ${dir} was not started: ${why}. ${next}`, { cause });
};

/**
 * Opens the index in `dir`, alone: a second process is refused. Every commit is on the disk when it returns.
 * Throws CONFIGURATION_INVALID when the folder is in use or its index is damaged.
 */
export const openDatabase = (dir: string): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path.join(dir, 'index.sqlite'), { enableForeignKeyConstraints: true });
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -8000');
    database.exec(`begin exclusive; ${schema}; commit`);
    const check = Object.values(database.prepare('pragma quick_check(1)').get() ?? {})[0];
    if (check !== 'ok') throw new Error(String(check));
    return database;
  } catch (cause) {
    database?.close();
    throw refuse(dir, cause);
  }
};

/** Runs `work` in one transaction; all of it happens, or nothing. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
};
