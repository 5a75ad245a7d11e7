import type { Socket } from 'node:net';
import type { Connection, Submittable } from 'pg';

/**
 * Takes a block of CSV. The buffer is used again once the promise resolves: keep none of it.
 * A block ends between two rows, except within a row that is larger than a block (`endsRow` false; the row counts where it ends).
 */
export type BlockSink = (block: Buffer, rows: number, endsRow: boolean) => Promise<void>;

export interface CopyOutResult {
  /** CopyData messages, of which each is one row. */
  readonly rows: number;
  readonly bytes: number;
  /** What the server says it sent. */
  readonly serverRows: number;
}

export const blockBytes = 4 * 1024 * 1024;

const copyData = 0x64;
const copyDone = 0x63;
const errorResponse = 0x45;
const headerBytes = 5;

type DataListener = (chunk: Buffer) => void;

/**
 * Reads COPY … TO STDOUT from the raw protocol into two reused blocks: one is filled while the sink has the other.
 * It takes the socket's data from the driver until CopyDone or an error, which the driver then handles.
 */
export class CopyOutReader implements Submittable {
  readonly result: Promise<CopyOutResult>;

  private readonly blocks: Buffer[];
  private used = 0;
  private rowsInBlock = 0;
  private rows = 0;
  private bytes = 0;
  private serverRows = -1;
  private readonly header = Buffer.alloc(headerBytes);
  private headerUsed = 0;
  private payloadLeft = 0;
  private isRow = false;
  private inFlight: Promise<void> | undefined;
  private pending: Buffer | undefined;
  private stream!: Socket;
  private driverListener: DataListener | undefined;
  private failed = false;
  private leaving = false;
  private settle!: { resolve: (result: CopyOutResult) => void; reject: (error: unknown) => void };

  constructor(
    private readonly sql: string,
    private readonly sink: BlockSink,
    /** Told whenever the source says something. */
    private readonly heard: () => void = () => undefined,
    size = blockBytes,
  ) {
    this.blocks = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)];
    this.result = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.result.catch(() => undefined);
  }

  /** True while the source is what is waited for. */
  get waitsForSource(): boolean {
    return this.pending === undefined && !this.leaving;
  }

  submit(connection: Connection): void {
    this.stream = connection.stream as unknown as Socket;
    const [listener] = this.stream.listeners('data') as DataListener[];
    this.driverListener = listener!;
    this.stream.removeListener('data', listener!);
    this.stream.on('data', this.onData);
    (connection as unknown as { query(text: string): void }).query(this.sql);
  }

  handleError(error: Error): void {
    this.fail(error);
  }

  handleCommandComplete(message: { text: string }): void {
    this.serverRows = Number(/^COPY (\d+)$/.exec(message.text)?.[1] ?? -1);
  }

  handleReadyForQuery(): void {
    if (this.failed) return;
    const { rows, bytes, serverRows } = this;
    this.settle.resolve({ rows, bytes, serverRows });
  }

  private fail(error: unknown): void {
    this.failed = true;
    this.detach(Buffer.alloc(0));
    this.settle.reject(error);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.heard();
    const stopped = this.parse(chunk);
    if (stopped >= chunk.length || this.failed) return;
    this.pending = chunk.subarray(stopped);
    this.stream.pause();
  };

  /** Answers where it had to stop because both blocks are taken, else the chunk's length. */
  private parse(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length && this.driverListener !== undefined) {
      if (this.payloadLeft === 0) {
        const next = this.readHeader(chunk, at);
        if (next < 0) return at;
        at = next;
        continue;
      }
      const length = Math.min(this.payloadLeft, chunk.length - at);
      const taken = this.isRow ? this.keep(chunk, at, length) : length;
      if (taken === 0) return at;
      at += taken;
      this.payloadLeft -= taken;
      if (this.payloadLeft === 0 && this.isRow) this.endRow();
    }
    return chunk.length;
  }

  /** The place after the header, or -1 when the row that it announces must wait for a free block. */
  private readHeader(chunk: Buffer, from: number): number {
    const taken = Math.min(headerBytes - this.headerUsed, chunk.length - from);
    chunk.copy(this.header, this.headerUsed, from, from + taken);
    const complete = this.headerUsed + taken === headerBytes;
    const code = this.header[0];
    const length = complete ? this.header.readUInt32BE(1) - 4 : 0;
    if (complete && code === copyData && this.used > 0 && this.used + length > this.blocks[0]!.length && !this.flush(true)) return -1;
    this.headerUsed = complete ? 0 : this.headerUsed + taken;
    if (!complete) return from + taken;
    if (code === copyDone || code === errorResponse) return this.leave(chunk, from + taken, code);
    this.isRow = code === copyData;
    this.payloadLeft = length;
    if (this.isRow && length === 0) this.endRow();
    return from + taken;
  }

  private endRow(): void {
    this.rowsInBlock += 1;
    this.rows += 1;
  }

  private keep(chunk: Buffer, at: number, length: number): number {
    if (this.used === this.blocks[0]!.length && !this.flush(false)) return 0;
    const taken = Math.min(length, this.blocks[0]!.length - this.used);
    chunk.copy(this.blocks[0]!, this.used, at, at + taken);
    this.used += taken;
    this.bytes += taken;
    return taken;
  }

  /** Gives the filled block away, if the other is free. */
  private flush(endsRow: boolean): boolean {
    if (this.inFlight !== undefined) return false;
    const full = this.blocks[0]!;
    const [length, rows] = [this.used, this.rowsInBlock];
    this.blocks.reverse();
    this.used = 0;
    this.rowsInBlock = 0;
    this.inFlight = this.sink(full.subarray(0, length), rows, endsRow).then(
      () => this.sinkIsFree(),
      (error: unknown) => this.fail(error),
    );
    return true;
  }

  private sinkIsFree(): void {
    this.inFlight = undefined;
    if (this.pending === undefined || this.failed) return;
    const chunk = this.pending;
    this.pending = undefined;
    this.onData(chunk);
    if (this.pending === undefined && !this.leaving) this.stream.resume();
  }

  /** The rest of the conversation is the driver's; the last block goes out before it may say that all is done. */
  private leave(chunk: Buffer, at: number, code: number): number {
    const rest = chunk.subarray(at);
    if (code === errorResponse) {
      this.detach(Buffer.concat([this.header, rest]));
      return chunk.length;
    }
    const length = this.header.readUInt32BE(1) - 4;
    this.leaving = true;
    this.stream.pause();
    void this.drain().then(
      () => this.handBack(rest.subarray(length)),
      (error: unknown) => this.fail(error),
    );
    return chunk.length;
  }

  private handBack(rest: Buffer): void {
    this.leaving = false;
    this.detach(rest);
  }

  private async drain(): Promise<void> {
    await this.inFlight;
    if (this.used > 0 && !this.failed) this.flush(true);
    await this.inFlight;
  }

  private detach(rest: Buffer): void {
    const listener = this.driverListener;
    if (listener === undefined) return;
    this.driverListener = undefined;
    this.stream.removeListener('data', this.onData);
    this.stream.on('data', listener);
    if (rest.length > 0) listener(rest);
    this.stream.resume();
  }
}
