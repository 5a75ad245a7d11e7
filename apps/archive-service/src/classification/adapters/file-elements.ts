import path from 'node:path';
import type { SampledFile } from '@lastcopy/source-directory';
import type { SampledElement } from '../ports/source-sampling.js';

const separators = [',', ';', '\t', '|'] as const;

/** One record of a CSV: fields may be quoted, quotes are doubled. Line breaks within quotes are not looked for: this is a sample. */
export function fieldsOf(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]!;
    if (quoted && char === '"' && line[at + 1] === '"') {
      field += char;
      at += 1;
    } else if (char === '"' && (quoted || field === '')) quoted = !quoted;
    else if (char === separator && !quoted) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field];
}

const isHeading = (fields: readonly string[]): boolean =>
  fields.length > 1 &&
  fields.every((field) => /^[\p{L}_"][\p{L}\p{N} _.()-]{0,62}$/u.test(field)) &&
  new Set(fields).size === fields.length;

/** The columns of a file whose lines all have the fields of its heading; null when it is no such file. */
function columnsOf({ name, head }: SampledFile, lines: readonly string[], limits: { charsPerValue: number }): SampledElement[] | null {
  const [first = '', ...rest] = lines;
  const separator = separators.find((each) => isHeading(fieldsOf(first, each)));
  if (!separator || rest.length === 0 || head.length === 0) return null;
  const headings = fieldsOf(first, separator);
  const rows = rest.map((line) => fieldsOf(line, separator)).filter(({ length }) => length === headings.length);
  if (rows.length < rest.length * 0.8) return null;
  return headings.map((heading, index) => ({
    name: `${name}: ${heading}`,
    column: heading,
    values: rows.map((row) => row[index]!.slice(0, limits.charsPerValue)),
  }));
}

/** The lines of a file's head; the last one may be cut, and a cut number is another number. */
function linesOf(head: string, whole: boolean, most: number): string[] {
  const lines = head.split(/\r?\n/);
  if (!whole && lines.length > 1) lines.pop();
  return lines.filter((line) => line !== '').slice(0, most);
}

export interface FileElementLimits {
  bytesPerFile: number;
  linesPerFile: number;
  charsPerValue: number;
}

/** The files of a folder as elements: each column of a table in a file, and the lines of all other files of one ending together. */
export function fileElements(files: readonly SampledFile[], limits: FileElementLimits): SampledElement[] {
  const columns: SampledElement[] = [];
  const texts = new Map<string, string[]>();
  for (const file of files) {
    const whole = Buffer.byteLength(file.head) < limits.bytesPerFile - 4;
    const lines = linesOf(file.head, whole, limits.linesPerFile);
    const table = columnsOf(file, lines, limits);
    if (table) columns.push(...table);
    else {
      const ending = `*${path.extname(file.name)}`;
      texts.set(ending, [...(texts.get(ending) ?? []), ...lines.map((line) => line.slice(0, limits.charsPerValue))]);
    }
  }
  return [...columns, ...[...texts].map(([name, values]) => ({ name, values }))];
}
