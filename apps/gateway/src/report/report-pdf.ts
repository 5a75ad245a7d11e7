import { createHash } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReportAnswer, ReportTable } from '@lastcopy/contracts';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { CodedError } from '@lastcopy/kernel';
import { legible } from './legible.js';

/** More rows than a person reads on paper: the CSV and the JSON hold all. */
const mostRows = 2_000;
const hashShown = 16;
const mostInTurn = 8;
const muted = '#51585f';

const drawer = path.resolve(import.meta.dirname, '../../render-pdf.mjs');

/** Draws one document in a thread of its own. */
function drawn(workerData: object): Promise<Buffer> {
  const worker = new Worker(drawer, { workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Drawing the report ended with ${code}`)));
  });
}

let queue: Promise<unknown> = Promise.resolve();
let inTurn = 0;

/** One at a time: a document that is laid out takes some hundred megabytes, and one that waits keeps its rows. Throws RATE_LIMITED. */
function drawnInTurn(workerData: object): Promise<Buffer> {
  if (inTurn >= mostInTurn) {
    const message = `${mostInTurn} reports are being laid out already. Take the CSV or the JSON, or ask for the PDF again.`;
    throw new CodedError('RATE_LIMITED', message, { details: { retry_after_s: 60 } });
  }
  inTurn += 1;
  const next = queue.then(() => drawn(workerData)).finally(() => (inTurn -= 1));
  queue = next.catch(() => undefined);
  return next;
}

/** Long words without a space, like digests and keys, break anywhere instead of running out of their column. */
const breakable = (text: string): string => legible(text).replace(/(\S{12})(?=\S)/gu, '$1\u200b');

const byNumber =
  'A character that this paper’s font lacks is written by its Unicode number, like [U+7D66]; the CSV and the JSON hold it as it is.';

function tableContent({ title, says, columns, rows }: ReportTable): Content[] {
  const shown = rows.slice(0, mostRows);
  const left = rows.length - shown.length;
  return [
    { text: legible(title), style: 'heading' },
    ...says.map((sentence): Content => ({ text: legible(sentence), style: 'says' })),
    rows.length === 0
      ? { text: 'None.', style: 'says' }
      : {
          layout: 'lightHorizontalLines',
          table: {
            headerRows: 1,
            widths: columns.map(() => '*'),
            body: [columns.map((name) => ({ text: name, bold: true })), ...shown.map((row) => row.map(breakable))],
          },
        },
    ...(left > 0 ? [{ text: `${left} more rows stand in the CSV and the JSON.`, style: 'says' }] : []),
  ];
}

/**
 * SHA-256, in hex, of the tables as compact JSON. The time is not in it: reports of the same state have the same digest, whatever
 * their format.
 */
export const digestOf = ({ tables }: ReportAnswer): string => createHash('sha256').update(JSON.stringify(tables)).digest('hex');

/** A4 across, a page number and the report's digest on every page. */
export async function reportPdf(report: ReportAnswer): Promise<Buffer> {
  const { title, flow_id, flow_name, generated_at, tables } = report;
  const digest = digestOf(report);
  const name = legible(flow_name);
  const lacking = [flow_name, JSON.stringify(tables)].some((text) => /\[U\+[0-9A-F]{4,6}\]/.test(legible(text)));
  const foot = `${name} · ${generated_at} · ${digest.slice(0, hashShown)}…`;
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [32, 36, 32, 40],
    info: { title: `${title}: ${flow_name}`, creator: 'Lastcopy', producer: 'Lastcopy', creationDate: new Date(generated_at) },
    defaultStyle: { fontSize: 7 },
    styles: {
      title: { fontSize: 16, bold: true },
      heading: { fontSize: 11, bold: true, margin: [0, 12, 0, 4] },
      says: { color: muted, margin: [0, 0, 0, 4] },
    },
    content: [
      { text: title, style: 'title' },
      { text: `Flow “${name}” (${flow_id}), as it stood at ${generated_at}. SHA-256 of its tables: ${digest}`, style: 'says' },
      ...tables.flatMap(tableContent),
      ...(lacking ? [{ text: byNumber, style: 'says' }] : []),
    ],
  };
  return drawnInTurn({ definition, foot, muted });
}
