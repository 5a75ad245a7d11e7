import type { IncomingMessage } from 'node:http';
import { S3Error } from '../s3-error.js';

/** A request as received, decoded once: `bucket` and `key` are empty when the path names none. */
export interface S3Request {
  readonly raw: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly headers: Readonly<Record<string, string>>;
}

const maxKeyBytes = 1024;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error('InvalidURI', 'The path or query is not valid percent-encoded UTF-8.', {}, { cause });
  }
};

const parseQuery = (text: string): Array<readonly [string, string]> =>
  text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
    });

const flatHeaders = (raw: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(raw.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')]));

/** Throws InvalidURI for a malformed path, KeyTooLongError over 1,024 bytes of UTF-8. The key is never normalised. */
export const parseS3Request = (raw: IncomingMessage): S3Request => {
  const target = raw.url ?? '/';
  const at = target.indexOf('?');
  const path = decode(at < 0 ? target : target.slice(0, at));
  if (!path.startsWith('/')) throw new S3Error('InvalidURI', 'The request target must be a path.');
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error('KeyTooLongError', `Your key is longer than ${maxKeyBytes} bytes.`);
  const query = parseQuery(at < 0 ? '' : target.slice(at + 1));
  return { raw, method: raw.method ?? 'GET', path, bucket, key, query, headers: flatHeaders(raw) };
};

export const queryValue = (request: S3Request, name: string): string | undefined => request.query.find(([key]) => key === name)?.[1];
