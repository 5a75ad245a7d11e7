import { Presets, SingleBar } from 'cli-progress';
import { bytes } from '../output/table.js';

/** Bytes of plain text as they come: a bar on a terminal, nothing elsewhere; notes as lines of their own. */
export class RestoreProgress {
  private readonly bar: SingleBar | null;
  private done = 0;

  constructor(out: NodeJS.WriteStream, totalBytes: number, quiet = false) {
    this.bar =
      out.isTTY && !quiet
        ? new SingleBar(
            { format: '  {bar} {percentage}%  {done} of {all}  {now}', hideCursor: true, stream: out, barsize: 28 },
            Presets.shades_classic,
          )
        : null;
    // a bar of nothing would stand at 0 % for ever
    this.bar?.start(Math.max(totalBytes, 1), 0, { done: bytes(0), all: bytes(totalBytes), now: '' });
  }

  doing(now: string): void {
    this.bar?.update(this.done, { now: now.slice(0, 40) });
  }

  add(count: number): void {
    this.done += count;
    this.bar?.update(this.done, { done: bytes(this.done) });
  }

  stop(): void {
    this.bar?.stop();
  }

  /** The same bytes, counted. */
  async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.add(chunk.length);
      yield chunk;
    }
  }
}
