import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CodedError } from '@lastcopy/kernel';
import { saveStream } from './save.js';

/** A form with text fields and a file, which is read from the disk as it is sent. Throws VALIDATION_FAILED. */
export async function formWith(file: string, fields: Record<string, string | undefined>): Promise<FormData> {
  const content = await openAsBlob(file).catch((cause: Error) => {
    throw new CodedError('VALIDATION_FAILED', `${file} cannot be read: ${cause.message}`, { cause });
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  form.append('file', content, path.basename(file));
  return form;
}

/** Saves what `response` brings, if its SHA-256 is the expected one. Throws ARCHIVE_CONTENT_MISMATCH otherwise, and leaves nothing. */
export async function downloadDocument(response: Response, sha256: string, file: string, force: boolean): Promise<void> {
  const hash = createHash('sha256');
  const content = Readable.from(
    (async function* () {
      for await (const chunk of Readable.fromWeb(response.body as ReadableStream)) {
        hash.update(chunk as Buffer);
        yield chunk as Buffer;
      }
    })(),
    { objectMode: false },
  );
  await saveStream(file, content, force, () => {
    const arrived = hash.digest('hex');
    if (arrived !== sha256)
      throw new CodedError('ARCHIVE_CONTENT_MISMATCH', `What arrived has the SHA-256 ${arrived}, and ${sha256} was attached.`);
  });
}
