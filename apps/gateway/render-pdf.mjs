// Draws a report as PDF in a thread of its own: laying out tables takes seconds, and everybody else's requests go on meanwhile.
// It may read its own fonts and nothing else.
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake');
const fonts = path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts/Roboto') + path.sep;
const font = (name) => `${fonts}Roboto-${name}.ttf`;
pdfmake.setFonts({ Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => path.resolve(file).startsWith(fonts));

const { definition, foot, muted } = workerData;
const footer = (page, pages) => ({
  margin: [32, 8],
  columns: [
    { text: foot, color: muted },
    { text: `${page} / ${pages}`, alignment: 'right', color: muted },
  ],
});
const bytes = await pdfmake.createPdf({ ...definition, footer }).getBuffer();
parentPort.postMessage(new Uint8Array(bytes));
