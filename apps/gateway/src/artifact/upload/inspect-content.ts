import { fileTypeFromBuffer } from 'file-type';
import { CodedError } from '@lastcopy/kernel';
import { announcedType, refuseType, type AllowedType, type Declared } from './media-types.js';
import { StreamScan } from './stream-scan.js';

/** Enough for the magic numbers and for the table of contents with which office documents begin. */
const headBytes = 64 * 1024;

/** What a browser or an interpreter would run; in text of any kind it makes a file something else than it says. */
const markup = ['<script', '<html', '<svg', '<iframe', '<body', '<!doctype', '<?xml', '<?php', '<object', '<embed', 'javascript:'];
const scripts = ['<script', '<?php', '<!doctype html'];
const pdf = 'application/pdf';
/** Macros and controls in office documents (names in the table of a ZIP are never compressed), actions in PDF. */
const active: Record<string, readonly string[]> = {
  [pdf]: [...scripts, '/javascript', '/rendition', '/launch', 'pk\u0003\u0004'],
  zipped: ['vbaproject', 'vbadata', 'activex', 'basic/script', 'scripts/', 'macrosheets/', '<!doctype html', '<?php'],
};
const zipped = (mediaType: string) => mediaType.includes('officedocument') || mediaType.includes('opendocument');
const zipEnd = 'pk\u0005\u0006';

function forbiddenIn({ mediaType, form }: AllowedType): readonly string[] {
  if (mediaType === 'message/rfc822') return ['\u0000'];
  if (form === 'text') return [...markup, '\u0000'];
  if (zipped(mediaType)) return active.zipped!;
  return active[mediaType] ?? [...scripts, zipEnd];
}

async function refuseOtherContent(head: Buffer, announced: AllowedType): Promise<void> {
  const sniffed = await fileTypeFromBuffer(head);
  if (announced.form === 'binary') {
    if (sniffed?.mime !== announced.mediaType) {
      refuseType(`its content is ${sniffed ? sniffed.mime : 'of no known format'}, not ${announced.mediaType}`);
    }
    return;
  }
  if (sniffed && sniffed.mime !== announced.mediaType) refuseType(`its content is ${sniffed.mime}, not ${announced.mediaType}`);
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('#!')) refuseType('it is a script');
  if (announced.mediaType === 'application/json' && !/^[[{"\d\-tfn]/.test(start)) refuseType('its content is no JSON');
  if (announced.mediaType === 'message/rfc822' && !/^[!-9;-~]+:[ \t]?[^\r\n]*\r?\n/.test(start)) refuseType('its content is no e-mail');
}

/** Checks a file while it streams by, so that nothing is ever held but its first bytes. */
export class ContentInspection {
  private readonly announced: AllowedType;
  private readonly scan: StreamScan;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private bytes = 0;

  /** Throws MEDIA_TYPE_REFUSED for a name or a declared type that is not taken. */
  constructor(
    declared: Declared,
    private readonly maxBytes: number,
  ) {
    this.announced = announcedType(declared);
    this.scan = new StreamScan(forbiddenIn(this.announced), { pdfNames: this.announced.mediaType === pdf });
  }

  /** What the content has proven to be, once `inspected` has ended. */
  get mediaType(): string {
    return this.announced.mediaType;
  }

  /** Hands on what it reads. Throws MEDIA_TYPE_REFUSED, PAYLOAD_TOO_LARGE, and VALIDATION_FAILED for an empty file. */
  async *inspected(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let held: Buffer[] | null = [];
    for await (const chunk of source) {
      this.check(chunk);
      if (!held) {
        yield chunk;
        continue;
      }
      held.push(chunk);
      if (this.bytes < headBytes) continue;
      yield await this.head(held);
      held = null;
    }
    this.checkText(Buffer.alloc(0), false);
    if (held) yield await this.head(held);
  }

  private async head(held: Buffer[]): Promise<Buffer> {
    const head = Buffer.concat(held);
    if (head.length === 0) throw new CodedError('VALIDATION_FAILED', 'The file is empty');
    await refuseOtherContent(head, this.announced);
    return head;
  }

  private check(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) {
      throw new CodedError('PAYLOAD_TOO_LARGE', `The file is larger than ${this.maxBytes} bytes, the most that is taken`);
    }
    const found = this.scan.found(chunk);
    if (found) refuseType(`it holds ${JSON.stringify(found)}, which has no place in a document of type ${this.announced.mediaType}`);
    this.checkText(chunk, true);
  }

  private checkText(chunk: Buffer, stream: boolean): void {
    if (this.announced.form !== 'text') return;
    try {
      this.decoder.decode(chunk, { stream });
    } catch {
      refuseType('its content is no valid UTF-8 text');
    }
  }
}
