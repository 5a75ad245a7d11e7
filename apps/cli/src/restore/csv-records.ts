import { CodedError } from '@lastcopy/kernel';

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/**
 * Counts the records of RFC 4180 text as it streams by, in constant memory. A doubled quote closes and opens again, so that a comma or a line
 * feed outside quotes always divides.
 */
export class CsvRecords {
  private quoted = false;
  private commas = 0;
  private atStart = true;
  private counted = 0;

  /** `columns` of the table; one without any has empty lines. */
  constructor(
    private readonly path: string,
    private readonly columns: number,
  ) {}

  get count(): number {
    return this.counted;
  }

  write(block: Buffer): void {
    let index = 0;
    while (index < block.length) {
      if (this.quoted) {
        // the longest values are passed over at the speed of a memory search
        const end = block.indexOf(QUOTE, index);
        if (end === -1) return;
        this.quoted = false;
        index = end + 1;
        continue;
      }
      this.step(block[index]!);
      index += 1;
    }
  }

  /** Throws ARCHIVE_OBJECT_DAMAGED when the text ends inside a record. Answers the records. */
  end(): number {
    if (this.quoted || !this.atStart) throw this.malformed('the text ends inside it');
    return this.counted;
  }

  private step(byte: number): void {
    this.atStart = byte === NEWLINE;
    if (byte === QUOTE) this.quoted = true;
    else if (byte === COMMA) this.commas += 1;
    else if (byte === NEWLINE) this.endRecord();
  }

  private endRecord(): void {
    const fields = this.commas + 1;
    if (fields !== Math.max(this.columns, 1)) throw this.malformed(`it has ${fields} fields, not ${this.columns}`);
    this.counted += 1;
    this.commas = 0;
  }

  private malformed(what: string): CodedError {
    return new CodedError('ARCHIVE_OBJECT_DAMAGED', `${this.path}: record ${this.counted + 1} is no valid CSV: ${what}.`);
  }
}
