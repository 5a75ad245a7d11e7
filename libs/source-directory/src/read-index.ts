import { CodedError } from '@lastcopy/kernel';
import type { IndexEntry } from './index-entry.js';

// A path of Linux is at most 4096 bytes a call, but trees can be deeper; beyond this a line is no line of ours.
const maxLineBytes = 4 * 1024 * 1024;

const malformed = (line: number, cause?: unknown): CodedError =>
  new CodedError('ARCHIVE_CONTENT_MISMATCH', `Line ${line} of the file index is not what the product wrote.`, { cause, details: { line } });

const parseLine = (text: string, line: number): IndexEntry => {
  let entry: IndexEntry;
  try {
    entry = JSON.parse(text) as IndexEntry;
  } catch (error) {
    throw malformed(line, error);
  }
  if (typeof entry?.path !== 'string' || typeof entry.kind !== 'string') throw malformed(line);
  return entry;
};

/** The lines of an index, whatever the cuts of its blocks. Throws ARCHIVE_CONTENT_MISMATCH for a malformed or unfinished line. */
export async function* readIndex(blocks: AsyncIterable<Buffer>): AsyncGenerator<IndexEntry> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const block of blocks) {
    const data = rest.length === 0 ? block : Buffer.concat([rest, block]);
    let start = 0;
    for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, start)) {
      line += 1;
      yield parseLine(data.toString('utf8', start, end), line);
      start = end + 1;
    }
    rest = Buffer.from(data.subarray(start));
    if (rest.length > maxLineBytes) throw malformed(line + 1);
  }
  if (rest.length > 0) throw malformed(line + 1);
}
