import type { Socket } from 'node:net';
import { once } from 'node:events';
import type { Connection, Submittable } from 'pg';
import { CodedError } from '@lastcopy/kernel';
import { copyStatement, type CopyTable } from './copy-out.js';
import { qualifiedName } from './identifiers.js';
import type { PostgresConnection } from './postgres-connection.js';
import { restoreError } from './restore-errors.js';
import { withSession, type Session } from './session.js';

interface CopyConnection {
  stream: Socket;
  query(text: string): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** Sends COPY … FROM STDIN, one CopyData message a block, and waits whenever the socket is full. */
class CopyInWriter implements Submittable {
  readonly rows: Promise<number>;
  private readonly header = Buffer.from([0x64, 0, 0, 0, 0]);
  private over = false;
  private counted = -1;
  private settle!: { resolve: (rows: number) => void; reject: (error: unknown) => void };
  private sourceError: { error: unknown } | undefined;

  constructor(
    private readonly sql: string,
    private readonly blocks: AsyncIterable<Buffer>,
  ) {
    this.rows = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.rows.catch(() => undefined);
  }

  submit(connection: Connection): void {
    (connection as unknown as CopyConnection).query(this.sql);
  }

  handleCopyInResponse(connection: Connection): void {
    const target = connection as unknown as CopyConnection;
    this.pump(target).then(
      () => this.over || target.endCopyFrom(),
      (error: unknown) => {
        this.sourceError = { error };
        if (!this.over) target.sendCopyFail('the archive could not be read');
      },
    );
  }

  private async pump({ stream }: CopyConnection): Promise<void> {
    for await (const block of this.blocks) {
      if (this.over) return;
      const header = Buffer.from(this.header);
      header.writeUInt32BE(block.length + 4, 1);
      stream.write(header);
      // a small block may stay queued in the socket: then a copy stays, so that the caller may use its buffer again
      const kept = block.length < stream.writableHighWaterMark ? Buffer.from(block) : block;
      if (!stream.write(kept)) await Promise.race([once(stream, 'drain'), this.rows]);
    }
  }

  handleError(error: Error): void {
    this.over = true;
    this.settle.reject(this.sourceError ? this.sourceError.error : error);
  }

  handleCommandComplete(message: { text: string }): void {
    this.counted = Number(/^COPY (\d+)$/.exec(message.text)?.[1] ?? -1);
  }

  handleReadyForQuery(): void {
    this.over = true;
    if (this.counted >= 0) this.settle.resolve(this.counted);
    else this.settle.reject(new CodedError('RESTORE_FAILED', 'The server did not say how many rows it took.'));
  }
}

/**
 * Fills a table from its CSV; answers the rows that the server took. The table is emptied in the same transaction, and not only to begin anew:
 * rows of a COPY into a table that was truncated in its own transaction are appended page after page, while otherwise a short row may go back
 * into the room that a long one left, and the table would read in another order than it was written.
 * A block's buffer may be used again when the next one is asked for.
 * Throws RESTORE_FAILED naming table and line, or what the blocks throw.
 */
export const copyIn = (connection: PostgresConnection, table: CopyTable, blocks: AsyncIterable<Buffer>): Promise<number> =>
  withSession(connection, (session) => copyInOn(session, table, blocks));

async function copyInOn(session: Session, table: CopyTable, blocks: AsyncIterable<Buffer>): Promise<number> {
  const writer = new CopyInWriter(copyStatement(table, 'FROM STDIN', session.serverEncoding), blocks);
  const doing = `Loading ${qualifiedName(table)}`;
  try {
    await session.run(doing, `BEGIN; TRUNCATE TABLE ONLY ${qualifiedName(table)}`);
    session.client.query(writer);
    const rows = await writer.rows;
    await session.run(doing, 'COMMIT');
    return rows;
  } catch (error) {
    throw restoreError(error, session.connection, doing);
  }
}
