import { crc32 } from 'node:zlib';

/** A running checksum; `digest` answers its raw bytes, big-endian as S3 writes them. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

const fourBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

export class Crc32 implements RunningChecksum {
  private value = 0;

  update(chunk: Uint8Array): void {
    this.value = crc32(chunk, this.value);
  }

  digest(): Buffer {
    return fourBytes(this.value);
  }
}

/** Castagnoli's polynomial, reflected. */
const crc32cPolynomial = 0x82f63b78;
const crc32cTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ crc32cPolynomial : value >>> 1;
  return value;
});

export class Crc32c implements RunningChecksum {
  private value = 0xffffffff;

  update(chunk: Uint8Array): void {
    let value = this.value;
    for (let at = 0; at < chunk.length; at += 1) value = (value >>> 8) ^ crc32cTable[(value ^ chunk[at]!) & 0xff]!;
    this.value = value;
  }

  digest(): Buffer {
    return fourBytes(~this.value);
  }
}

/** The NVM Express polynomial, reflected; two 32-bit halves, because BigInt arithmetic is a hundred times slower. */
const crc64nvmePolynomial = 0x9a6c9329ac4bc9b5n;
const crc64Low = new Uint32Array(256);
const crc64High = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ crc64nvmePolynomial : value >> 1n;
  crc64Low[byte] = Number(value & 0xffffffffn);
  crc64High[byte] = Number(value >> 32n);
}

export class Crc64Nvme implements RunningChecksum {
  private low = 0xffffffff;
  private high = 0xffffffff;

  update(chunk: Uint8Array): void {
    let { low, high } = this;
    for (let at = 0; at < chunk.length; at += 1) {
      const row = (low ^ chunk[at]!) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ crc64Low[row]!;
      high = (high >>> 8) ^ crc64High[row]!;
    }
    this.low = low;
    this.high = high;
  }

  digest(): Buffer {
    return Buffer.concat([fourBytes(~this.high), fourBytes(~this.low)]);
  }
}
