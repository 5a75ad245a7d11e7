import { randomBytes } from 'node:crypto';
import { connectionFromUrl, type PostgresConnection } from './postgres-connection.js';
import { dropDatabase } from './scratch-database.js';
import { withSession } from './session.js';

/** Databases of one suite on the test server. Used by specs only. */
export class TestDatabases {
  readonly admin = connectionFromUrl(process.env.TEST_DATABASE_URL!);
  private readonly names: string[] = [];

  /** A name that is dropped with the others. */
  name(purpose: string): string {
    const name = `srcpg_${purpose}_${randomBytes(4).toString('hex')}`;
    this.names.push(name);
    return name;
  }

  async create(purpose: string, sql = ''): Promise<PostgresConnection> {
    const database = this.name(purpose);
    await this.sql(this.admin, `CREATE DATABASE "${database}"`);
    const connection = { ...this.admin, database };
    await this.sql(connection, `SET search_path = public; ${sql}`);
    return connection;
  }

  sql = (connection: PostgresConnection, sql: string): Promise<void> => withSession(connection, (session) => session.run('Test', sql));

  async dropAll(): Promise<void> {
    for (const name of this.names) await dropDatabase(this.admin, name);
  }
}
