import type { DataSource } from 'typeorm';
import { rowsOf, type SqlQuery } from '../store/event-rows.js';
import { scopeSettings } from '../store/tenant-scope.js';
import { readCheckpoint } from './checkpoints.js';
import type { LocalLog } from './local-log.js';
import { projectionBatch } from './projection-runner.js';
import { schemaOf, type Projection } from './subscription.js';

/** The session's schema of temporary tables. */
const scratch = 'pg_temp';

export interface TableDifference {
  table: string;
  /** Rows of the live table that a rebuild does not give. */
  onlyLive: object[];
  /** Rows of a rebuild that the live table lacks. */
  onlyRebuilt: object[];
}

export interface RebuildReport {
  equal: boolean;
  events: number;
  differences: TableDifference[];
}

const listedRows = 20;

async function rowsOnlyIn(query: SqlQuery, one: string, other: string): Promise<object[]> {
  const rows = await query<{ row: object }>(
    `select row from (select to_jsonb(t) as row from ${one} t except all select to_jsonb(t) from ${other} t) d limit ${listedRows}`,
  );
  return rows.map(({ row }) => row);
}

async function refill(query: SqlQuery, log: LocalLog, projection: Projection, scratch: string): Promise<number> {
  const key = { name: projection.name, version: projection.version };
  const live = await readCheckpoint(query, key);
  const parked = await query<{ log_seq: string }>('select log_seq from parked_events where subscription = $1 and version = $2', [
    key.name,
    key.version,
  ]);
  const setAside = new Set(parked.map((row) => Number(row.log_seq)));
  let events = 0;
  for (let at = 0; at < live;) {
    const page = await log.page(query, at, projectionBatch, projection.types, live);
    const applicable = page.events.filter((event) => !setAside.has(event.log_seq)).map((event) => log.readable(event));
    if (applicable.length > 0) await projection.apply({ query }, applicable, scratch);
    events += applicable.length;
    at = page.through;
  }
  return events;
}

/**
 * Fills temporary tables, which need no right to change the schema, from the first event up to the live checkpoint and compares every table, in one snapshot that is rolled back.
 * Answers at most 20 differing rows a table and side.
 */
export async function rebuildAndCompare(dataSource: DataSource, log: LocalLog, projection: Projection): Promise<RebuildReport> {
  const live = schemaOf(projection);
  const runner = dataSource.createQueryRunner();
  const query = rowsOf(runner);
  await runner.startTransaction('REPEATABLE READ');
  try {
    await query(`select ${scopeSettings('service')}`);
    await query(projection.tables(scratch));
    const events = await refill(query, log, projection, scratch);
    const tables = await query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1 order by 1', [live]);
    const differences: TableDifference[] = [];
    for (const { name } of tables) {
      const onlyLive = await rowsOnlyIn(query, `"${live}"."${name}"`, `"${scratch}"."${name}"`);
      const onlyRebuilt = await rowsOnlyIn(query, `"${scratch}"."${name}"`, `"${live}"."${name}"`);
      if (onlyLive.length + onlyRebuilt.length > 0) differences.push({ table: name, onlyLive, onlyRebuilt });
    }
    return { equal: differences.length === 0, events, differences };
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}
