import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CodedError } from '@lastcopy/kernel';
import { saveStream } from './save.js';

/** More than the last row can have. */
const keptBytes = 64 * 1024;

const lastRowIs: Record<'csv' | 'jsonl', (row: string) => boolean> = {
  csv: (row) => row.startsWith('end,'),
  jsonl: (row) => row.startsWith('{"end":'),
};

/** Saves an export of the audit trail. Throws SERVICE_UNAVAILABLE, and leaves nothing, when the row that ends every export is missing. */
export async function saveExport(response: Response, file: string, force: boolean, format: 'csv' | 'jsonl'): Promise<void> {
  let end = Buffer.alloc(0);
  const content = Readable.from(
    (async function* () {
      for await (const chunk of Readable.fromWeb(response.body as ReadableStream)) {
        end = Buffer.concat([end, chunk as Buffer]).subarray(-keptBytes);
        yield chunk as Buffer;
      }
    })(),
    { objectMode: false },
  );
  await saveStream(file, content, force, () => {
    const text = end.toString();
    const lastRow = text.trimEnd().split('\n').at(-1) ?? '';
    if (!text.endsWith('\n') || !lastRowIs[format](lastRow))
      throw new CodedError('SERVICE_UNAVAILABLE', 'The export was cut off before its last row; nothing was written.');
  });
}
