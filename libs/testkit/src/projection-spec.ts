import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from './test-database.js';

type Rows = Record<string, unknown>[];
type Query = <R extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<R[]>;

/** What a projection of the event log is to a test: its tables and its fold. */
export interface FoldedProjection<E> {
  name: string;
  version: number;
  tables(schema: string): string;
  apply(tx: { query: Query }, events: E[], schema: string): Promise<void>;
}

export interface ProjectionOutcome {
  /** The rows that `select` answers, in its order. `{schema}` in it stands for the projection's schema. */
  rows(select: string): Promise<Rows>;
}

export interface ProjectionSpec<E> {
  given(events: E[]): { when(events: E[], options?: { deliveredTimes?: number }): ProjectionOutcome };
  /** Removes the database of the suite. */
  close(): Promise<void>;
}

/**
 * Folds events on a real PostgreSQL, each outcome in tables of its own:
 * `await projectionSpec(jobList).given([queued]).when([uploaded], { deliveredTimes: 2 }).rows('select * from {schema}.jobs')`.
 * The given events arrive as one batch, the others one at a time and `deliveredTimes` over (default 1).
 */
export function projectionSpec<E>(projection: FoldedProjection<E>): ProjectionSpec<E> {
  let database: Promise<TestDatabase> | undefined;
  let dataSource: Promise<DataSource> | undefined;
  const open = () => {
    database ??= createTestDatabase(`projection_${projection.name}`);
    return (dataSource ??= database.then((opened) => opened.dataSource([])));
  };
  return {
    given: (history) => ({
      when: (events, { deliveredTimes = 1 } = {}) => ({
        async rows(select) {
          const runner = (await open()).createQueryRunner();
          const query: Query = async <R extends object>(sql: string, parameters: unknown[] = []) =>
            (await runner.query(sql, parameters, true)).records as R[];
          const schema = `${projection.name}_v${projection.version}`;
          await runner.startTransaction();
          try {
            await query(`create schema "${schema}"`);
            await query(projection.tables(schema));
            if (history.length > 0) await projection.apply({ query }, history, schema);
            const arriving = events.flatMap((event) => Array.from({ length: deliveredTimes }, () => event));
            for (const event of arriving) await projection.apply({ query }, [event], schema);
            return await query(select.replaceAll('{schema}', `"${schema}"`));
          } finally {
            await runner.rollbackTransaction();
            await runner.release();
          }
        },
      }),
    }),
    close: async () => (await database)?.drop(),
  };
}
