import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

const maxStandInBytes = 230;

/** A name or link target as the file system holds it: bytes, with the text that stands for them in JSON and in the tar. */
export interface RawName {
  readonly text: string;
  readonly bytes: Buffer;
}

/** UTF-8 is kept to the byte (no normalisation). Other bytes get a readable ASCII stand-in, made unique by a digest of them. */
export const rawName = (bytes: Buffer): RawName => {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), bytes };
  const readable = bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '_');
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { text: `${readable.slice(0, maxStandInBytes)}~${digest}`, bytes };
};

export const rootName: RawName = { text: '.', bytes: Buffer.from('.') };

export const joinName = (folder: RawName, name: RawName): RawName =>
  folder === rootName ? name : { text: `${folder.text}/${name.text}`, bytes: Buffer.concat([folder.bytes, Buffer.from('/'), name.bytes]) };

/** The bytes as base64 where the text is only a stand-in. */
export const base64Of = (name: RawName): string | undefined => (isUtf8(name.bytes) ? undefined : name.bytes.toString('base64'));

export const fromStored = (text: string, base64: string | undefined): RawName => ({
  text,
  bytes: base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64'),
});
