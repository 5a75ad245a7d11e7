import { pack as tarPack, type Pack } from 'tar-stream';
import type { IndexEntry } from './index-entry.js';
import type { BlockCutter } from './block-cutter.js';
import { tarHeader, type PackedKind } from './tar-entry.js';

type Entry = ReturnType<Pack['entry']>;

/** Resolves when the entry takes more; rejects when the pack was torn down meanwhile. */
const writeChunk = (entry: Entry, chunk: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    if (entry.write(chunk)) return resolve();
    const closed = () => reject(new Error('the tar stream was closed'));
    entry.once('close', closed);
    entry.once('drain', () => {
      entry.off('close', closed);
      resolve();
    });
  });

/** Writes entries as one tar stream into a cutter, with its back pressure. Call `finish` or `abort` at the end, once. */
export class TarWriter {
  private readonly pack = tarPack();
  private readonly pumped: Promise<void>;
  private sinkFailure: { readonly error: unknown } | undefined;

  constructor(private readonly cutter: BlockCutter) {
    this.pumped = this.pump();
    // Reported by finish(), or superseded by the error that made the caller abort.
    this.pumped.catch(() => undefined);
  }

  private async pump(): Promise<void> {
    try {
      for await (const chunk of this.pack) await this.cutter.write(chunk as Buffer);
      await this.cutter.flush();
    } catch (error) {
      this.sinkFailure ??= { error };
      this.pack.destroy(new Error('the sink failed', { cause: error }));
      throw error;
    }
  }

  /** Writes one entry. `content` must give exactly `size_bytes` bytes. */
  async write(entry: IndexEntry & { kind: PackedKind }, content?: AsyncIterable<Buffer>): Promise<void> {
    this.cutter.countEntry();
    const done = Promise.withResolvers<void>();
    done.promise.catch(() => undefined);
    const tarEntry = this.pack.entry(tarHeader(entry), (error) => (error ? done.reject(error) : done.resolve()));
    tarEntry.on('error', (error: Error) => done.reject(error));
    if (entry.kind === 'file') {
      for await (const chunk of content ?? []) await writeChunk(tarEntry, chunk);
      tarEntry.end(null);
    }
    await done.promise;
  }

  async finish(): Promise<void> {
    this.pack.finalize();
    await this.pumped;
  }

  /** Stops the stream; answers the error that the sink threw, if it was the sink that failed, else `error`. */
  async abort(error: unknown): Promise<unknown> {
    const sinkFailure = this.sinkFailure;
    this.pack.destroy(new Error('the pack was given up', { cause: error }));
    await this.pumped.catch(() => undefined);
    return sinkFailure ? sinkFailure.error : error;
  }
}
