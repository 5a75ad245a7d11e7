import pg from 'pg';
import { CodedError } from '@lastcopy/kernel';
import { connectError, sourceError } from './source-errors.js';
import { describeConnection, type PostgresConnection } from './postgres-connection.js';
import { oldestServerVersion, pinSettingsSql } from './session-settings.js';

export interface SessionOptions {
  /** Longest wait for the connection itself. */
  readonly connectTimeoutMs?: number;
  readonly applicationName?: string;
}

/** One server connection with the pinned settings. Losing it is remembered in `lostBecause`, never an unhandled event. */
export class Session {
  lostBecause: Error | undefined;

  private constructor(
    readonly client: pg.Client,
    readonly connection: PostgresConnection,
    readonly serverVersion: string,
    readonly serverVersionNum: number,
    readonly serverEncoding: string,
  ) {
    client.on('error', (error) => (this.lostBecause ??= error));
    client.on('end', () => (this.lostBecause ??= new Error('the connection was closed')));
  }

  /** Throws SOURCE_UNREACHABLE, SOURCE_AUTHENTICATION, SOURCE_DATABASE_MISSING or SOURCE_UNSUPPORTED (older than 12). */
  static async open(connection: PostgresConnection, options: SessionOptions = {}): Promise<Session> {
    const client = new pg.Client({
      host: connection.host,
      port: connection.port,
      database: connection.database,
      user: connection.user,
      // a function, because an absent password would be taken from the environment
      password: () => connection.password ?? '',
      ssl: connection.ssl ?? false,
      application_name: options.applicationName ?? 'lastcopy',
      connectionTimeoutMillis: options.connectTimeoutMs ?? 15_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // without a listener a connection that breaks between two statements would end the process
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await Session.pinned(client, connection);
    } catch (error) {
      abandon(client);
      throw connectError(error, connection);
    }
  }

  private static async pinned(client: pg.Client, connection: PostgresConnection): Promise<Session> {
    const answer = await client.query<{ version: string; number: number; encoding: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              current_setting('server_encoding') AS encoding`,
    );
    const { version, number, encoding } = answer.rows[0]!;
    if (number < oldestServerVersion) {
      throw new CodedError(
        'SOURCE_UNSUPPORTED',
        `${describeConnection(connection)} is PostgreSQL ${version}; version 12 or later is needed. Upgrade a copy and archive that.`,
      );
    }
    await client.query(pinSettingsSql(number));
    return new Session(client, connection, version, number, encoding);
  }

  /** `doing` begins the message of a failure, for instance 'Counting "s"."t"'. */
  async query<Row extends pg.QueryResultRow>(doing: string, sql: string, values?: unknown[]): Promise<Row[]> {
    try {
      return (await this.client.query<Row>(sql, values)).rows;
    } catch (error) {
      throw sourceError(error, this.connection, doing);
    }
  }

  /** Statements of one text, without parameters. */
  async run(doing: string, sql: string): Promise<void> {
    await this.query(doing, sql);
  }

  get processId(): number {
    return (this.client as unknown as { processID: number }).processID;
  }

  async close(): Promise<void> {
    if (this.lostBecause) return;
    const closed = this.client.end().catch(() => undefined);
    const late = setTimeout(() => this.destroy(new Error('closing took too long')), 5_000);
    await closed.finally(() => clearTimeout(late));
  }

  /** Breaks the connection at once: what runs on it fails with `reason`. */
  destroy(reason: Error): void {
    this.lostBecause ??= reason;
    (this.client as unknown as { connection: { stream: { destroy(error?: Error): void } } }).connection.stream.destroy(reason);
  }
}

function abandon(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

/** Runs `work` on a session of its own, which is closed whatever happens. */
export async function withSession<T>(
  connection: PostgresConnection,
  work: (session: Session) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const session = await Session.open(connection, options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
