/** A byte of a PDF name, written as `#` and two hexadecimal digits. */
const escaped = /#([0-9a-f]{2})/g;
const escapeLength = 3;
const withoutEscapes = (text: string): string =>
  text.replaceAll(escaped, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)).toLowerCase());

export interface StreamScanOptions {
  /** Looks at the names of a PDF as its readers do, too: `/J#61va` is `/Java`. */
  pdfNames?: boolean;
}

/** Looks for fixed byte strings in a stream, across the borders of its chunks. Case does not matter. */
export class StreamScan {
  private tail = '';
  private readonly keep: number;
  private readonly pdfNames: boolean;

  constructor(
    private readonly patterns: readonly string[],
    { pdfNames = false }: StreamScanOptions = {},
  ) {
    this.pdfNames = pdfNames;
    // Every byte of a name may be written as an escape.
    this.keep = Math.max(...patterns.map(({ length }) => length)) * (pdfNames ? escapeLength : 1) - 1;
  }

  /** The first pattern that the stream so far holds and that ends in this chunk; null when there is none. */
  found(chunk: Buffer): string | null {
    const text = this.tail + chunk.toString('latin1').toLowerCase();
    this.tail = text.slice(Math.max(0, text.length - this.keep));
    const readings = this.pdfNames && text.includes('#') ? [text, withoutEscapes(text)] : [text];
    return this.patterns.find((pattern) => readings.some((reading) => reading.includes(pattern))) ?? null;
  }
}
