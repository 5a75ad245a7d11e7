import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { CodedError, SilenceWatch } from '@lastcopy/kernel';

export interface BodyExpectation {
  /** For messages: `s3://bucket/key` and the version. */
  readonly name: string;
  readonly expectedBytes: number;
  /** The store may be silent for this long while the reader waits for it. */
  readonly inactivityMs: number;
  readonly signal?: AbortSignal;
}

const damaged = (name: string, seen: string, expected: number) =>
  new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name}: the store announced ${expected} bytes and sent ${seen}.`);

/** Counts bytes and watches for silence; a client library resolves on a short body and waits for ever on a stalled one. */
class GuardedBody extends Transform {
  private seenBytes = 0;
  private readonly watch: SilenceWatch;

  constructor(private readonly expectation: BodyExpectation) {
    super({ readableHighWaterMark: 1024 * 1024 });
    this.watch = new SilenceWatch({
      inactivityMs: expectation.inactivityMs,
      // A reader that takes its time is no stall of the store.
      waits: () => this.readableLength < this.readableHighWaterMark,
      onSilence: () => this.onSilence(),
    });
  }

  private onSilence(): void {
    const { name, inactivityMs } = this.expectation;
    this.destroy(new CodedError('STORE_STALLED', `${name}: no byte for ${inactivityMs} ms after ${this.seenBytes} bytes.`));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.seenBytes += chunk.length;
    this.watch.heard();
    const { name, expectedBytes } = this.expectation;
    if (this.seenBytes > expectedBytes) callback(damaged(name, `at least ${this.seenBytes}`, expectedBytes));
    else callback(null, chunk);
  }

  override _flush(callback: TransformCallback): void {
    this.watch.stop();
    const { name, expectedBytes } = this.expectation;
    callback(this.seenBytes === expectedBytes ? null : damaged(name, String(this.seenBytes), expectedBytes));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.watch.stop();
    callback(error);
  }
}

/** `source` as a stream that fails unless exactly the announced bytes arrive, in time. */
export function guardBody(source: Readable, expectation: BodyExpectation, onBroken: (error: Error) => Error): Readable {
  const guarded = new GuardedBody(expectation);
  const { signal } = expectation;
  const abort = () => guarded.destroy(signal?.reason as Error);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  guarded.once('close', () => signal?.removeEventListener('abort', abort));
  // An error of the source must reach the reader coded; pipeline would hand it on as it is.
  source.once('error', (error) => guarded.destroy(onBroken(error)));
  pipeline(source, guarded, () => undefined);
  return guarded;
}
