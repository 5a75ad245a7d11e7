import { createHash } from 'node:crypto';
import type { Authenticated } from '../auth/authenticate.js';
import { equalSignatures, scopeText, sha256Hex, sign } from '../auth/signing.js';
import { S3Error } from '../s3-error.js';

/** How the chunks of one body are to be checked. */
export interface ChunkRules {
  readonly signing?: Authenticated['chunkSigning'];
  readonly trailer: boolean;
}

const maxLineBytes = 8192;
const emptyHash = sha256Hex('');
const malformed = (what: string): S3Error => new S3Error('IncompleteBody', `The aws-chunked body is malformed: ${what}.`);

/** Takes lines and byte ranges off a stream; holds one network read at a time and at most one line. */
class ByteCursor {
  private rest: Buffer = Buffer.alloc(0);
  private readonly iterator: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  private async more(): Promise<boolean> {
    const next = await this.iterator.next();
    if (next.done) return false;
    this.rest = this.rest.length === 0 ? next.value : Buffer.concat([this.rest, next.value]);
    return true;
  }

  async line(): Promise<string> {
    let end = this.rest.indexOf('\r\n');
    while (end < 0) {
      if (this.rest.length > maxLineBytes) throw malformed('a line is too long');
      if (!(await this.more())) throw malformed('it ends inside a line');
      end = this.rest.indexOf('\r\n');
    }
    const text = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + 2);
    return text;
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.rest.length === 0 && !(await this.more())) throw malformed('it ends inside a chunk');
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  async atEnd(): Promise<boolean> {
    while (this.rest.length === 0) if (!(await this.more())) return true;
    return false;
  }
}

/** Chains each chunk's signature to the one before, so that no chunk can be dropped, moved or changed. */
class ChunkSignatures {
  private previous: string;

  constructor(private readonly signing: Authenticated['chunkSigning']) {
    this.previous = signing.seedSignature;
  }

  private check(kind: string, lines: readonly string[], signature: string | undefined): void {
    const { amzDate, scope, key } = this.signing;
    const expected = sign(key, [`AWS4-HMAC-SHA256-${kind}`, amzDate, scopeText(scope), this.previous, ...lines].join('\n'));
    if (!signature || !equalSignatures(expected, signature)) {
      throw new S3Error('SignatureDoesNotMatch', `The signature of a ${kind.toLowerCase()} chunk is not the one calculated.`);
    }
    this.previous = expected;
  }

  chunk(dataHash: string, signature: string | undefined): void {
    this.check('PAYLOAD', [emptyHash, dataHash], signature);
  }

  trailer(canonical: string, signature: string | undefined): void {
    this.check('TRAILER', [sha256Hex(canonical)], signature);
  }
}

const parseChunkHeader = (line: string): { sizeBytes: number; signature?: string } => {
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!match) throw malformed('a chunk header is not understood');
  return { sizeBytes: Number.parseInt(match[1]!, 16), ...(match[2] ? { signature: match[2] } : {}) };
};

const readTrailers = async (cursor: ByteCursor, signatures: ChunkSignatures | undefined, into: Map<string, string>): Promise<void> => {
  let canonical = '';
  let signature: string | undefined;
  for (let line = await cursor.line(); line !== ''; line = await cursor.line()) {
    const at = line.indexOf(':');
    if (at < 1 || into.size > 8) throw malformed('a trailer is not understood');
    const [name, value] = [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    if (name === 'x-amz-trailer-signature') {
      signature = value;
    } else {
      into.set(name, value);
      canonical += `${name}:${value}\n`;
    }
  }
  signatures?.trailer(canonical, signature);
};

/**
 * Decodes an `aws-chunked` body as it streams, checking every chunk's signature where the mode has them.
 * Trailing headers are put into `trailers` before the generator ends. Throws IncompleteBody or SignatureDoesNotMatch.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  rules: ChunkRules,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const cursor = new ByteCursor(source);
  const signatures = rules.signing && new ChunkSignatures(rules.signing);
  for (;;) {
    const { sizeBytes, signature } = parseChunkHeader(await cursor.line());
    const hash = signatures && createHash('sha256');
    for await (const piece of cursor.bytes(sizeBytes)) {
      hash?.update(piece);
      yield piece;
    }
    if (hash) signatures!.chunk(hash.digest('hex'), signature);
    if (sizeBytes === 0) break;
    if ((await cursor.line()) !== '') throw malformed('a chunk is longer than its header says');
  }
  if (rules.trailer) await readTrailers(cursor, signatures, trailers);
  else if ((await cursor.line()) !== '') throw malformed('bytes follow the last chunk');
  if (!(await cursor.atEnd())) throw malformed('bytes follow its end');
}
