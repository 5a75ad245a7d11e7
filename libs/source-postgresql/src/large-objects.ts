import { CodedError } from '@lastcopy/kernel';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import { withSession, type Session } from './session.js';

export interface LargeObject {
  readonly oid: string;
  readonly size_bytes: number;
  readonly owner: string;
  readonly privileges?: string;
}

const sliceBytes = 1024 * 1024;

/** All large objects of the database. Throws SOURCE_PRIVILEGE for one that the role may not read. */
export async function listLargeObjects(session: Session): Promise<LargeObject[]> {
  const rows = await session.query<{ oid: string; owner: string; privileges: string | null }>(
    'Listing the large objects',
    'SELECT oid::text, pg_get_userbyid(lomowner) AS owner, lomacl::text AS privileges FROM pg_largeobject_metadata ORDER BY oid',
  );
  const objects: LargeObject[] = [];
  for (const { oid, owner, privileges } of rows) {
    objects.push({ oid, size_bytes: await sizeOf(session, oid), owner, ...(privileges === null ? {} : { privileges }) });
  }
  return objects;
}

/** 262144 is INV_READ, 0x40000. */
async function sizeOf(session: Session, oid: string): Promise<number> {
  const doing = `Opening the large object ${oid}`;
  const [opened] = await session.query<{ descriptor: number }>(doing, 'SELECT lo_open($1::oid, 262144) AS descriptor', [oid]);
  const [end] = await session.query<{ size: string }>(doing, 'SELECT lo_lseek64($1, 0, 2)::text AS size', [opened!.descriptor]);
  await session.query(doing, 'SELECT lo_close($1)', [opened!.descriptor]);
  return Number(end!.size);
}

export async function copyLargeObject(session: Session, object: LargeObject, sink: (slice: Buffer) => Promise<void>): Promise<void> {
  let bytes = 0;
  while (bytes < object.size_bytes) {
    const [row] = await session.query<{ slice: Buffer }>(
      `Reading the large object ${object.oid}`,
      'SELECT lo_get($1::oid, $2::bigint, $3::int) AS slice',
      [object.oid, bytes, sliceBytes],
    );
    if (row!.slice.length === 0) break;
    bytes += row!.slice.length;
    await sink(row!.slice);
  }
  if (bytes === object.size_bytes) return;
  throw new CodedError(
    'SOURCE_COUNT_MISMATCH',
    `The large object ${object.oid} of ${describeConnection(session.connection)} gave ${bytes} of ${object.size_bytes} bytes.`,
  );
}

/** Makes the large object under its old oid, because rows refer to it by that. Answers the bytes written. */
export const restoreLargeObject = (connection: PostgresConnection, oid: string, slices: AsyncIterable<Buffer>): Promise<number> =>
  withSession(connection, async (session) => {
    const doing = `Restoring the large object ${oid}`;
    await session.run(doing, 'BEGIN');
    await session.query(doing, 'SELECT lo_create($1::oid)', [oid]);
    let bytes = 0;
    for await (const slice of slices) {
      await session.query(doing, 'SELECT lo_put($1::oid, $2::bigint, $3::bytea)', [oid, bytes, slice]);
      bytes += slice.length;
    }
    await session.run(doing, 'COMMIT');
    return bytes;
  });
