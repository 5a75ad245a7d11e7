import pg from 'pg';
import { copyRows, type CopyValue } from './copy-rows.js';

export interface DemoOptions {
  /** The same seed and scale give the same data. */
  readonly seed: number;
  /** 1 is the full size (some 170 MB billing, 90 MB customers, 60 MB files as text; extrapolated from 0.05); tests use less. */
  readonly scale: number;
}

export interface DemoTable {
  readonly target: string;
  readonly rows: Iterable<CopyValue[]>;
}

/** How many there are of something at a scale; never none. */
export const scaled = (count: number, scale: number): number => Math.max(1, Math.round(count * scale));

/**
 * Makes a whole database in one transaction: all of it is there afterwards, or nothing. Answers the rows of each table.
 * `url` names an existing database without the schema that `definition` creates; the role needs CREATE on it.
 */
export const createDemoDatabase = async (
  url: string,
  definition: string,
  tables: readonly DemoTable[],
  conclusion: string,
): Promise<Record<string, number>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows: Record<string, number> = {};
  try {
    await client.query('begin');
    await client.query(definition);
    for (const { target, rows: values } of tables) rows[target.replace(/\s*\(.*$/, '')] = await copyRows(client, target, values);
    await client.query(conclusion);
    await client.query('commit');
  } finally {
    await client.end();
  }
  return rows;
};
