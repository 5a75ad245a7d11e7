import { captureSchema } from './catalog/capture-schema.js';
import { readSequenceValues } from './sequence-values.js';
import type { PostgresConnection } from './postgres-connection.js';
import type { SchemaDocument } from './schema-document.js';
import { withSession } from './session.js';

/** The schema of a database as it is now, for instance a restored one: its `fingerprint` equals the archived one's when all came back. */
export const describeSchema = (connection: PostgresConnection): Promise<SchemaDocument> =>
  withSession(connection, async (session) => {
    const schema = await captureSchema(session);
    return { ...schema, sequences: await readSequenceValues(session, schema.sequences) };
  });
