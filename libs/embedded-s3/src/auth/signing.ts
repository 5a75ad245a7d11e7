import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const algorithmName = 'AWS4-HMAC-SHA256';

/** What a signature is bound to: `YYYYMMDD/region/service/aws4_request`. */
export interface SigningScope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export const scopeText = (scope: SigningScope): string => `${scope.date}/${scope.region}/${scope.service}/aws4_request`;

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data, 'utf8').digest();

export const signingKey = (secretAccessKey: string, scope: SigningScope): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region), scope.service), 'aws4_request');

export const sign = (key: Buffer, stringToSign: string): string => hmac(key, stringToSign).toString('hex');

export const equalSignatures = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** RFC 3986 escaping as Signature V4 wants it: everything but the unreserved characters. */
export const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** The canonical request of Signature V4 for S3: the decoded path is escaped once, never normalised. */
export const canonicalRequest = (parts: CanonicalParts): string => {
  const query = parts.query
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? byCodeUnit(x, y) : byCodeUnit(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = parts.signedHeaders.map((name) => `${name}:${(parts.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const path = parts.path.split('/').map(uriEncode).join('/');
  return [parts.method, path, query, headers, parts.signedHeaders.join(';'), parts.payloadHash].join('\n');
};

export const stringToSign = (amzDate: string, scope: SigningScope, canonical: string): string =>
  [algorithmName, amzDate, scopeText(scope), sha256Hex(canonical)].join('\n');
