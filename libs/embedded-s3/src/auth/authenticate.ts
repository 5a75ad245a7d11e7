import type { EmbeddedS3Credential } from './credentials.js';
import { canonicalRequest, equalSignatures, sign, signingKey, stringToSign, type SigningScope } from './signing.js';
import type { S3Request } from '../http/s3-request.js';
import { S3Error } from '../s3-error.js';

/** Who signed the request, and what is needed to check its body and its chunks. */
export interface Authenticated {
  readonly credential: EmbeddedS3Credential;
  /** The declared `x-amz-content-sha256`. */
  readonly payloadHash: string;
  readonly chunkSigning: { readonly key: Buffer; readonly amzDate: string; readonly scope: SigningScope; readonly seedSignature: string };
}

interface Claim {
  readonly accessKeyId: string;
  readonly scope: SigningScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly payloadHash: string;
}

const maxSkewMs = 15 * 60 * 1000;

const parseAmzDate = (text: string): number => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header.');
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const parseCredential = (text: string): { accessKeyId: string; scope: SigningScope } => {
  const match = /^(.+)\/(\d{8})\/([^/]+)\/(s3)\/aws4_request$/.exec(text);
  if (!match) throw new S3Error('AuthorizationHeaderMalformed', 'The credential must be <key>/<date>/<region>/s3/aws4_request.');
  return { accessKeyId: match[1]!, scope: { date: match[2]!, region: match[3]!, service: match[4]! } };
};

const claimOfHeader = (request: S3Request, authorization: string): Claim => {
  const match = /^AWS4-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(authorization);
  if (!match) throw new S3Error('AuthorizationHeaderMalformed', 'Only AWS4-HMAC-SHA256 authorization headers are understood.');
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (payloadHash === undefined) throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256.');
  return {
    ...parseCredential(match[1]!),
    signedHeaders: match[2]!.split(';'),
    signature: match[3]!,
    amzDate: request.headers['x-amz-date'] ?? '',
    payloadHash,
  };
};

const requireFresh = (claim: Claim, nowMs: number): void => {
  if (Math.abs(nowMs - parseAmzDate(claim.amzDate)) > maxSkewMs) {
    throw new S3Error('RequestTimeTooSkewed', "The difference between the request time and the server's time is too large.");
  }
  if (!claim.amzDate.startsWith(claim.scope.date))
    throw new S3Error('SignatureDoesNotMatch', 'The date of the scope is not the date signed.');
};

/** What changes the request's meaning must be signed, or a proxy between could add a bypass or a retention. */
const requireSignedHeaders = (request: S3Request, claim: Claim): void => {
  const needed = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-') || name === 'content-md5' || name === 'host');
  const missing = needed.filter((name) => !claim.signedHeaders.includes(name));
  if (!claim.signedHeaders.includes('host')) missing.push('host');
  if (missing.length > 0) {
    throw new S3Error('AccessDenied', `There were headers present in the request which were not signed: ${missing.join(', ')}.`);
  }
};

/**
 * Checks Signature V4 of the authorization header; nobody here uses presigned URLs, so they count as unsigned. Throws the S3 error that fits:
 * AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed, AuthorizationHeaderMalformed.
 */
export const authenticate = (request: S3Request, credentials: ReadonlyMap<string, EmbeddedS3Credential>, nowMs: number): Authenticated => {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    throw new S3Error('AccessDenied', 'Anonymous access and presigned URLs are not allowed; sign the request in its header.');
  }
  const claim = claimOfHeader(request, authorization);
  const credential = credentials.get(claim.accessKeyId);
  if (!credential) throw new S3Error('InvalidAccessKeyId', 'The access key id that you provided does not exist in this store.');
  requireFresh(claim, nowMs);
  requireSignedHeaders(request, claim);
  const { method, path, query, headers } = request;
  const canonical = canonicalRequest({ method, path, query, headers, signedHeaders: claim.signedHeaders, payloadHash: claim.payloadHash });
  const key = signingKey(credential.secretAccessKey, claim.scope);
  if (!equalSignatures(sign(key, stringToSign(claim.amzDate, claim.scope, canonical)), claim.signature)) {
    throw new S3Error('SignatureDoesNotMatch', 'The signature that we calculated does not match the one provided. Check the secret key.');
  }
  const chunkSigning = { key, amzDate: claim.amzDate, scope: claim.scope, seedSignature: claim.signature };
  return { credential, payloadHash: claim.payloadHash, chunkSigning };
};
