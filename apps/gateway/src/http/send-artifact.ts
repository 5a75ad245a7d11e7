import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Tenant } from '@lastcopy/contracts';
import { isCodedError } from '@lastcopy/kernel';
import { contentDisposition } from '../artifact/upload/file-name.js';
import type { Gateway } from '../gateway.js';
import type { ArtifactRecord, ArtifactVersion } from '../records/artifact-record.js';

/** Only a download: nothing may render it, frame it, guess at its type or keep it. */
const headersOf = ({ filename, media_type, size_bytes, sha256 }: ArtifactVersion): Record<string, string> => ({
  'Content-Type': media_type,
  'Content-Length': String(size_bytes),
  'Content-Disposition': contentDisposition(filename),
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'private, no-store',
  'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
});

/** Everything but the last piece: what is held back until the whole has been proven. */
async function* untilProven(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | undefined;
  for await (const chunk of content) {
    if (held) yield held;
    held = chunk;
  }
  if (held) yield held;
}

async function raiseDamage(gateway: Gateway, tenant: Tenant, artifact: ArtifactRecord, error: Error): Promise<void> {
  if (!isCodedError(error) || error.errorClass !== 'integrity') return;
  await gateway.deps.eventing.raiseAlert(tenant, {
    severity: 'critical',
    code: error.code,
    message: `Document ${artifact.kind} "${artifact.current.filename}" (${artifact.artifact_id}) is not what was attached: ${error.message}`,
    what_to_do: 'Attach the document again (replace it) from its origin, and find out what changed the object in the store.',
    flow_id: artifact.flow_id,
  });
}

/**
 * Streams a content, decrypted. Its SHA-256 is compared before its last piece goes out: a content that is not what was attached ends in a
 * broken connection, never in a complete file, and raises an alert. Throws ARCHIVE_*, STORE_* while nothing was sent yet.
 */
export async function sendArtifact(
  gateway: Gateway,
  tenant: Tenant,
  artifact: ArtifactRecord,
  version: ArtifactVersion,
  response: Response,
): Promise<void> {
  const { object, size_bytes, sha256 } = version;
  const place = { tenant, flow_id: artifact.flow_id, artifact_id: artifact.artifact_id, content_id: object.content_id };
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const signal = AbortSignal.any([closed.signal, gateway.stopping]);
  const content = untilProven(gateway.artifacts.contents.read(place, { size_bytes, sha256, object }, signal));
  try {
    const first = await content.next();
    response.status(200).set(headersOf(version));
    const rest = (async function* () {
      if (!first.done) yield first.value;
      yield* content;
    })();
    await pipeline(Readable.from(rest, { objectMode: false }), response);
  } catch (error) {
    if (closed.signal.aborted && !response.headersSent) return;
    await raiseDamage(gateway, tenant, artifact, error as Error);
    if (!response.headersSent) throw error;
    response.destroy();
  }
}
