import type { Duplex } from 'node:stream';
import { createEncryptor, FRAME_BYTES } from './message.js';
import type { EncryptionContext } from './encryption-context.js';

/**
 * Pushes plain text through an encryptor into `sink`, one chunk at a time. Not `pipeline`: the SDK joins its inner streams without a
 * callback, so that destroying an encryptor which has not ended throws where nobody can catch it, and the process ends. On failure the
 * encryptor is therefore ended and its output thrown away.
 */
export class EncryptingPump {
  private readonly encryptor: Duplex;
  private failure: { error: unknown } | undefined;
  private readonly finished = Promise.withResolvers<void>();

  constructor(
    archiveKey: Uint8Array,
    context: EncryptionContext,
    private readonly sink: (chunk: Buffer) => Promise<void>,
  ) {
    this.encryptor = createEncryptor(archiveKey, context);
    this.encryptor.on('error', (error) => this.stop(error));
    this.encryptor.on('data', (chunk: Buffer) => this.deliver(chunk));
    this.encryptor.on('end', () => this.finished.resolve());
    // Whoever waits next meets the failure; until then it must not count as unhandled.
    this.finished.promise.catch(() => undefined);
  }

  /** Rejects with what the sink or the encryptor failed with. */
  async write(bytes: Buffer): Promise<void> {
    for (let offset = 0; offset < bytes.length; offset += FRAME_BYTES) {
      if (this.failure) throw this.failure.error;
      if (!this.encryptor.write(bytes.subarray(offset, offset + FRAME_BYTES))) await this.drained();
    }
  }

  /** Resolves when the sink has taken the last byte. */
  async end(): Promise<void> {
    if (!this.failure) this.encryptor.end();
    await this.finished.promise;
  }

  /** Nothing reaches the sink after this. */
  stop(error: unknown): void {
    if (this.failure) return;
    this.failure = { error };
    this.finished.reject(error);
    this.encryptor.resume();
    this.encryptor.end();
  }

  private deliver(chunk: Buffer): void {
    if (this.failure) return;
    this.encryptor.pause();
    this.sink(chunk).then(
      () => this.encryptor.resume(),
      (error: unknown) => this.stop(error),
    );
  }

  private async drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.encryptor.once('drain', resolve);
    try {
      await Promise.race([promise, this.finished.promise]);
    } finally {
      this.encryptor.off('drain', resolve);
    }
  }
}
