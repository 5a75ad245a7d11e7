import { Readable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { pdfOf } from '../../../../../tools/embedded/demo-documents.mjs';
import { zipOf } from '../testing/zip-of.js';
import { ContentInspection } from './inspect-content.js';

const maxBytes = 1_000_000;
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Sent {
  filename: string;
  mediaType?: string;
  content: Buffer | string;
  /** Bytes a chunk. */
  chunk?: number;
}

function* chunksOf(content: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** What comes out at the other end, and what it was found to be. */
async function inspect({ filename, mediaType = '', content, chunk = 16_384 }: Sent): Promise<{ out: Buffer; mediaType: string }> {
  const inspection = new ContentInspection({ filename, mediaType }, maxBytes);
  const out: Buffer[] = [];
  const source = Readable.from(chunksOf(Buffer.from(content), chunk), { objectMode: false, highWaterMark: chunk }) as AsyncIterable<Buffer>;
  for await (const each of inspection.inspected(source)) out.push(each);
  return { out: Buffer.concat(out), mediaType: inspection.mediaType };
}
const refused = (sent: Sent, why: RegExp) =>
  expect(inspect(sent)).rejects.toMatchObject({ code: 'MEDIA_TYPE_REFUSED', message: expect.stringMatching(why) as string });

const contentTypes = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType="${main}"/></Types>`;
const office = (main: string, ...more: [string, string][]) => zipOf([['[Content_Types].xml', contentTypes(`${main}.main+xml`)], ...more]);
const docx = (...more: [string, string][]) => office(docxType, ['word/document.xml', '<w:document/>'], ...more);
const xlsx = (...more: [string, string][]) => office(xlsxType, ['xl/workbook.xml', '<workbook/>'], ...more);
const odt = (...more: [string, string][]) =>
  zipOf([['mimetype', 'application/vnd.oasis.opendocument.text'], ['content.xml', '<x/>'], ...more]);
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

it.each<[string, Sent, string]>([
  ['a PDF', { filename: 'a.pdf', mediaType: 'application/pdf', content: pdfOf(['words']) }, 'application/pdf'],
  ['a PDF of no declared type', { filename: 'a.PDF', mediaType: 'application/octet-stream', content: pdfOf(['words']) }, 'application/pdf'],
  ['a picture', { filename: 'a.png', mediaType: 'image/png', content: png }, 'image/png'],
  ['a text document', { filename: 'a.docx', mediaType: docxType, content: docx() }, docxType],
  ['a table', { filename: 'a.xlsx', mediaType: xlsxType, content: xlsx() }, xlsxType],
  ['an open document', { filename: 'a.odt', content: odt() }, 'application/vnd.oasis.opendocument.text'],
  [
    'CSV as a spreadsheet program declares it',
    { filename: 'a.csv', mediaType: 'application/vnd.ms-excel', content: 'a;b\n1;2\n' },
    'text/csv',
  ],
  ['text with a charset', { filename: 'a.txt', mediaType: 'text/plain; charset=utf-8', content: 'Prüfung 😀' }, 'text/plain'],
  ['JSON', { filename: 'a.json', mediaType: 'application/json', content: '\uFEFF{"a": [1]}' }, 'application/json'],
  ['an e-mail', { filename: 'a.eml', content: 'From: a@example.org\r\nSubject: x\r\n\r\nwords' }, 'message/rfc822'],
])('takes %s and hands on every byte', async (_what, sent, mediaType) => {
  expect(await inspect(sent)).toEqual({ out: Buffer.from(sent.content), mediaType });
});

it('hands on every byte of a file that is larger than what is looked at first, in chunks of any size', async () => {
  const content = `${randomBytes(100_000).toString('hex')}😀`;
  for (const chunk of [3, 4_099, 65_536, 500_000]) {
    expect((await inspect({ filename: 'a.txt', content, chunk })).out.equals(Buffer.from(content))).toBe(true);
  }
});

it.each<[string, Sent, RegExp]>([
  ['a PDF with an archive behind it', { filename: 'a.pdf', content: Buffer.concat([pdfOf(['x']), zipOf([['evil.js', 'x']])]) }, /holds/],
  ['a PDF that is a page, too', { filename: 'a.pdf', content: Buffer.concat([pdfOf(['x']), Buffer.from('<ScRiPt>x')]) }, /"<script"/],
  ['a picture with an archive behind it', { filename: 'a.png', content: Buffer.concat([png, zipOf([['evil.js', 'x']])]) }, /holds/],
  ['a picture that is PHP, too', { filename: 'a.png', content: Buffer.concat([png, Buffer.from('<?php system($_GET[0]);')]) }, /"<\?php"/],
  ['an archive named as a document', { filename: 'a.docx', content: zipOf([['evil.js', 'x']]) }, /application\/zip, not/],
  ['a table named as a text document', { filename: 'a.docx', content: xlsx() }, /spreadsheetml\.sheet, not/],
])('refuses two formats in one: %s', (_what, sent, why) => refused(sent, why));

it.each<[string, Sent, RegExp]>([
  ['a page', { filename: 'a.html', mediaType: 'text/html', content: '<html></html>' }, /\.html files are not taken/],
  ['a drawing', { filename: 'a.svg', mediaType: 'image/svg+xml', content: '<svg/>' }, /\.svg files are not taken/],
  ['a page named as text', { filename: 'a.txt', content: 'x <HTML>' }, /"<html"/],
  ['a page named as JSON', { filename: 'a.json', content: '{"a": "<iframe src=x>"}' }, /"<iframe"/],
  ['a drawing named as a table', { filename: 'a.csv', content: 'a,b\n<svg onload=x>,1' }, /"<svg"/],
  ['a link that runs', { filename: 'a.txt', content: 'see JavaScript:alert(1)' }, /"javascript:"/],
  ['a PDF with a script', { filename: 'a.pdf', content: pdfOf(['x /JavaScript (app.alert)']) }, /"\/javascript"/],
  [
    'a PDF that starts programs',
    { filename: 'a.pdf', content: Buffer.concat([pdfOf(['x']), Buffer.from('<< /S /Launch >>')]) },
    /"\/launch"/,
  ],
  [
    'a PDF that plays a script',
    { filename: 'a.pdf', content: Buffer.concat([pdfOf(['x']), Buffer.from('<< /S /Rendition /JS (app.alert) >>')]) },
    /"\/rendition"/,
  ],
])('refuses what a browser or a reader would run: %s', (_what, sent, why) => refused(sent, why));

it.each<[string, Sent, RegExp]>([
  ['a document of the macro kind', { filename: 'a.docm', content: docx() }, /\.docm files are not taken/],
  ['macros in a text document', { filename: 'a.docx', content: docx(['word/vbaProject.bin', 'x']) }, /"vbaproject"/],
  ['macros in a table', { filename: 'a.xlsx', content: xlsx(['xl/macrosheets/sheet1.xml', 'x']) }, /"macrosheets\/"/],
  ['controls', { filename: 'a.docx', content: docx(['word/activeX/activeX1.bin', 'x']) }, /"activex"/],
  ['Basic in an open document', { filename: 'a.odt', content: odt(['Basic/Script-lb.xml', 'x']) }, /"basic\/script"/],
])('refuses office documents with macros: %s', (_what, sent, why) => refused(sent, why));

it.each<[string, Sent, RegExp]>([
  [
    'another type than its name',
    { filename: 'a.pdf', mediaType: 'image/png', content: pdfOf(['x']) },
    /named \.pdf and declared as image\/png/,
  ],
  [
    'another content than its name',
    { filename: 'a.pdf', mediaType: 'application/pdf', content: png },
    /is image\/png, not application\/pdf/,
  ],
  ['a text that is a picture', { filename: 'a.txt', mediaType: 'text/plain', content: png }, /holds/],
  ['a program', { filename: 'a.txt', content: 'MZ and words' }, /x-msdownload/],
  ['a script', { filename: 'a.txt', content: '\uFEFF  #!/bin/sh\nrm -rf /' }, /it is a script/],
  ['a name without an ending', { filename: 'policy', content: 'x' }, /no ending/],
  ['JSON that is none', { filename: 'a.json', content: 'a: 1' }, /no JSON/],
  ['an e-mail that is none', { filename: 'a.eml', content: 'Dear all,\n' }, /no e-mail/],
  ['bytes that no magic number marks', { filename: 'a.pdf', content: 'just words' }, /no known format/],
])('refuses what is not what it says: %s', (_what, sent, why) => refused(sent, why));

it('finds what is hidden across the border of two chunks, and behind what is looked at first', async () => {
  for (const chunk of [1, 2, 5]) await refused({ filename: 'a.txt', content: 'words <script>', chunk }, /"<script"/);
  await refused({ filename: 'a.txt', content: `${'x'.repeat(200_000)}<script>`, chunk: 65_539 }, /"<script"/);
});

it.each([
  ['/#4aavaScript', /"\/javascript"/],
  ['/#4AavaScript', /"\/javascript"/],
  ['/Java#53cript', /"\/javascript"/],
  ['/#4a#61#76#61#53#63#72#69#70#74', /"\/javascript"/],
  ['/L#61unch', /"\/launch"/],
])('reads the names of a PDF as its readers do: %s', async (name, why) => {
  const content = Buffer.concat([pdfOf(['x']), Buffer.from(`<< /S ${name} >>`)]);
  for (const chunk of [1, 2, 3, 7, 16_384]) await refused({ filename: 'a.pdf', content, chunk }, why);
  // Within what is handed on already, too.
  await refused({ filename: 'a.pdf', content: Buffer.concat([pdfOf(['x']), randomBytes(70_000), content]), chunk: 65_539 }, why);
});

it('takes a PDF with signs of number in its words', async () => {
  const content = pdfOf(['Contract #4aa, item #61 of 70, and a lone #']);
  for (const chunk of [1, 16_384]) expect((await inspect({ filename: 'a.pdf', content, chunk })).out).toEqual(content);
});

it('takes text as UTF-8 alone, to its last byte', async () => {
  await refused({ filename: 'a.txt', content: Buffer.from([0x68, 0xff, 0x68]) }, /UTF-8/);
  await refused({ filename: 'a.txt', content: Buffer.from('cut: é').subarray(0, -1) }, /UTF-8/);
  await refused({ filename: 'a.txt', content: 'a\u0000b' }, /holds/);
});

it('refuses an empty file, and one that is too large at the byte where it becomes so', async () => {
  await expect(inspect({ filename: 'a.txt', content: '' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  expect((await inspect({ filename: 'a.txt', content: 'x'.repeat(maxBytes) })).out).toHaveLength(maxBytes);
  await expect(inspect({ filename: 'a.txt', content: 'x'.repeat(maxBytes + 1) })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
});
