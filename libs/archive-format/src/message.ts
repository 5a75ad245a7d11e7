import { Transform, type Duplex, type TransformCallback } from 'node:stream';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
  type MessageHeader,
} from '@aws-crypto/client-node';
import { CodedError } from '@lastcopy/kernel';
import { contextDifferences, type EncryptionContext } from './encryption-context.js';

/** Plain text of one frame of a message (here: compressed bytes). */
export const FRAME_BYTES = 1024 * 1024;

export const ARCHIVE_KEY_BYTES = 32;
export const KEY_NAMESPACE = 'lastcopy';
export const KEY_NAME = 'archive-key';

const SUITE = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
const REGULAR_FRAME_OVERHEAD_BYTES = 4 + 12 + 16;
const FINAL_FRAME_OVERHEAD_BYTES = 4 + 4 + 12 + 4 + 16;
// version, suite, message id, content type, frame length, commitment, header's tag
const FIXED_HEADER_BYTES = 1 + 2 + 32 + 1 + 4 + 32 + 16;

const { encryptStream, decryptUnsignedMessageStream } = buildClient({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
});

/** The keyring wipes the key that it is given, so it gets a copy. */
function keyring(archiveKey: Uint8Array): RawAesKeyringNode {
  if (archiveKey.length !== ARCHIVE_KEY_BYTES) throw new CodedError('INTERNAL', `An archive key has ${ARCHIVE_KEY_BYTES} bytes.`);
  return new RawAesKeyringNode({
    keyNamespace: KEY_NAMESPACE,
    keyName: KEY_NAME,
    // not Buffer.from: small Buffers share a pool, and the bytes handed over must be theirs alone
    unencryptedMasterKey: Uint8Array.from(archiveKey),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
}

type HeaderParts = Pick<MessageHeader, 'encryptionContext' | 'encryptedDataKeys' | 'frameLength'>;

/** Length of the whole message, header to last tag, that `bodyBytes` of plain text make. */
export function messageBytes(header: HeaderParts, bodyBytes: number): number {
  const entries = Object.entries(header.encryptionContext).map(([name, value]) => 4 + Buffer.byteLength(name) + Buffer.byteLength(value));
  const context = 2 + (entries.length > 0 ? 2 : 0) + entries.reduce((sum, bytes) => sum + bytes, 0);
  const dataKeys = header.encryptedDataKeys.map(
    (key) =>
      6 + Buffer.byteLength(key.providerId) + (key.rawInfo?.length ?? Buffer.byteLength(key.providerInfo)) + key.encryptedDataKey.length,
  );
  const head = FIXED_HEADER_BYTES + context + 2 + dataKeys.reduce((sum, bytes) => sum + bytes, 0);
  const fullFrames = Math.floor(bodyBytes / header.frameLength);
  return head + fullFrames * REGULAR_FRAME_OVERHEAD_BYTES + bodyBytes + FINAL_FRAME_OVERHEAD_BYTES;
}

/** A Duplex from plain text, best written in pieces of at most FRAME_BYTES, to one message. */
export function createEncryptor(archiveKey: Uint8Array, context: EncryptionContext): Duplex {
  return encryptStream(keyring(archiveKey), {
    suiteId: SUITE,
    frameLength: FRAME_BYTES,
    encryptionContext: { ...context },
  }) as unknown as Duplex;
}

export interface MessageReading {
  readonly archiveKey: Uint8Array;
  readonly expectedContext: EncryptionContext;
  /** For messages. */
  readonly name: string;
  /** Bytes of the stored object, which the message must fill exactly. */
  readonly storedBytes: number;
}

/** Holds back every byte until the header was compared, and at the end compares the message's own length with the object's. */
class ContextGate extends Transform {
  private header: MessageHeader | undefined;
  private bodyBytes = 0;

  constructor(private readonly reading: MessageReading) {
    super({ highWaterMark: FRAME_BYTES });
  }

  /** Called before the first byte of the body is decrypted. */
  accept(header: MessageHeader): void {
    const { expectedContext, name } = this.reading;
    const differing = contextDifferences(expectedContext, header.encryptionContext);
    if (differing.length > 0) {
      const details = { expected: expectedContext, actual: { ...header.encryptionContext } };
      this.destroy(
        new CodedError('ARCHIVE_OBJECT_MISPLACED', `${name} was written for another place: ${differing.join(', ')} differ.`, { details }),
      );
      return;
    }
    this.header = header;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    if (!this.header) {
      callback(new CodedError('ARCHIVE_OBJECT_DAMAGED', `${this.reading.name}: plain text came before a header that could be compared.`));
      return;
    }
    this.bodyBytes += chunk.length;
    callback(null, chunk);
  }

  /** The SDK ignores what follows the final frame, a second message even, so the lengths must agree. */
  override _flush(callback: TransformCallback): void {
    const { name, storedBytes } = this.reading;
    const consumed = this.header ? messageBytes(this.header, this.bodyBytes) : 0;
    if (consumed === storedBytes) callback();
    else callback(new CodedError('ARCHIVE_OBJECT_DAMAGED', `${name}: its message ends at byte ${consumed} of ${storedBytes}.`));
  }
}

/** The two stages from a stored message to its plain text; both belong into one `pipeline`, in this order. */
export function createDecryptor(reading: MessageReading): [Duplex, Transform] {
  const gate = new ContextGate(reading);
  const decryptor = decryptUnsignedMessageStream(keyring(reading.archiveKey)) as unknown as Duplex;
  // `pipeline` hears the first error; the SDK emits another one when it is torn down, which must not end the process.
  decryptor.on('error', () => undefined);
  decryptor.once('MessageHeader', (header: MessageHeader) => gate.accept(header));
  return [decryptor, gate];
}
