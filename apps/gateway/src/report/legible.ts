import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

let opened: Font | undefined;

/** The font that the reports are drawn with (render-pdf.mjs). */
function font(): Font {
  const { openSync } = require('fontkit') as { openSync(file: string): Font };
  return (opened ??= openSync(path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts/Roboto/Roboto-Regular.ttf')));
}

/** What everybody reads the same without the sign. */
const plain: Readonly<Record<string, string>> = { '→': '->', '←': '<-', '\u200b': '\u200b', '\n': '\n', '\t': ' ' };

const written = (sign: string): string => {
  if (sign in plain) return plain[sign]!;
  const codePoint = sign.codePointAt(0)!;
  return font().hasGlyphForCodePoint(codePoint) ? sign : `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** The text as the font can draw it: a character that it lacks is written by its Unicode number, never left out or drawn as a box. */
export const legible = (text: string): string => [...text].map(written).join('');
