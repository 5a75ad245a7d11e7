import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ReportAnswer, ReportTable } from '@lastcopy/contracts';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** More rows than a person reads on paper: the CSV and the JSON hold all. */
const mostRows = 300;
const hashShown = 16;
const muted = '#51585f';

interface PdfMaker {
  setFonts(fonts: object): void;
  setUrlAccessPolicy(policy: (url: string) => boolean): void;
  setLocalAccessPolicy(policy: (file: string) => boolean): void;
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Buffer> };
}

let maker: PdfMaker | undefined;

/** Loaded when the first report is asked for: it is large. It may read its own fonts and nothing else. */
function pdfMaker(): PdfMaker {
  if (maker) return maker;
  const require = createRequire(import.meta.url);
  const fonts = path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts/Roboto');
  const font = (name: string) => path.join(fonts, `Roboto-${name}.ttf`);
  maker = require('pdfmake') as PdfMaker;
  maker.setFonts({ Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } });
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy((file) => path.resolve(file).startsWith(fonts));
  return maker;
}

/** Long words without a space, like digests and keys, break anywhere instead of running out of their column. */
const breakable = (text: string): string => text.replace(/(\S{12})(?=\S)/gu, '$1\u200b');

function tableContent({ title, says, columns, rows }: ReportTable): Content[] {
  const shown = rows.slice(0, mostRows);
  const left = rows.length - shown.length;
  return [
    { text: title, style: 'heading' },
    ...says.map((sentence): Content => ({ text: sentence, style: 'says' })),
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
  const foot = `${flow_name} · ${generated_at} · ${digest.slice(0, hashShown)}…`;
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
    footer: (page, pages) => ({
      margin: [32, 8],
      columns: [
        { text: foot, color: muted },
        { text: `${page} / ${pages}`, alignment: 'right', color: muted },
      ],
    }),
    content: [
      { text: title, style: 'title' },
      { text: `Flow “${flow_name}” (${flow_id}), as it stood at ${generated_at}. SHA-256 of its tables: ${digest}`, style: 'says' },
      ...tables.flatMap(tableContent),
    ],
  };
  return pdfMaker().createPdf(definition).getBuffer();
}
