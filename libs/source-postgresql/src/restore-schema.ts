import { quoteIdentifier } from './identifiers.js';
import type { PostgresConnection } from './postgres-connection.js';
import { restoreError } from './restore-errors.js';
import type { SchemaDocument } from './schema-document.js';
import { setSequenceStatements } from './sequence-values.js';
import { withSession, type Session } from './session.js';

interface Step {
  readonly what: string;
  readonly sql: string;
}

/** A transaction holds a lock for every relation it makes; the server has room for some thousands. */
const stepsATransaction = 200;

const stepsOf = (schema: SchemaDocument, section: 'pre' | 'post'): Step[] =>
  schema.objects
    .filter((object) => object.section === section)
    .flatMap((object) => object.statements.map((sql) => ({ what: `${object.kind} ${object.identity}`, sql })));

/** Everything that must stand before rows can be loaded. Throws RESTORE_FAILED naming the object. */
export async function restorePreData(connection: PostgresConnection, schema: SchemaDocument): Promise<void> {
  const hasPublic = schema.objects.some((object) => object.kind === 'schema' && object.identity === quoteIdentifier('public'));
  const dropPublic = hasPublic ? [] : [{ what: 'schema "public"', sql: 'DROP SCHEMA IF EXISTS public' }];
  await withSession(connection, (session) => runSteps(session, [...dropPublic, ...stepsOf(schema, 'pre')]));
}

/** Keys, indexes, foreign keys, triggers and whatever needs them, refreshed views, and the sequences' values. */
export async function restorePostData(connection: PostgresConnection, schema: SchemaDocument): Promise<void> {
  const values = setSequenceStatements(schema.sequences).map((sql) => ({ what: 'sequence value', sql }));
  await withSession(connection, (session) => runSteps(session, [...values, ...stepsOf(schema, 'post')]));
}

async function runSteps(session: Session, steps: Step[]): Promise<void> {
  for (let from = 0; from < steps.length; from += stepsATransaction) {
    await session.run('Beginning', 'BEGIN');
    for (const { what, sql } of steps.slice(from, from + stepsATransaction)) {
      try {
        await session.run(`Recreating ${what}`, sql);
      } catch (error) {
        throw restoreError(error, session.connection, `Recreating ${what}`);
      }
    }
    await session.run('Committing', 'COMMIT');
  }
}
