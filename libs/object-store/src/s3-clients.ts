import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3StoreConfig {
  /** `https://host[:port]`; AWS itself when absent. */
  readonly endpoint?: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `https://host/bucket/key` in place of `https://bucket.host/key`; most stores other than AWS need it. */
  readonly forcePathStyle?: boolean;
  /** How long the store may neither send nor take a byte, in ms. */
  readonly inactivityMs?: number;
}

export const DEFAULT_INACTIVITY_MS = 60_000;

/** First try and repeats together. The SDK waits between them, with jitter, up to 20 s, and obeys its retry budget. */
const MAX_ATTEMPTS = 5;
const CONNECTION_TIMEOUT_MS = 10_000;
const MAX_SOCKETS = 32;

export interface S3Clients {
  readonly reads: S3Client;
  readonly writes: S3Client;
}

/**
 * Two clients, since silence means two things. While a body goes up an idle socket is a stall; while one comes down it may be the reader who
 * is slow, so the stream itself judges (see guardBody) and only the answer's beginning has a limit here.
 * Checksums only where S3 requires them: radosgw ignores them and answers 411 to the streamed form. The signature covers each body's SHA-256.
 */
export function createS3Clients(config: S3StoreConfig): S3Clients {
  const inactivityMs = config.inactivityMs ?? DEFAULT_INACTIVITY_MS;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const shared: S3ClientConfig = {
    ...(config.endpoint ? { endpoint: config.endpoint } : {}),
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    forcePathStyle: config.forcePathStyle ?? false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
  };
  const handler = { connectionTimeout: CONNECTION_TIMEOUT_MS, httpAgent: agent, httpsAgent: agent };
  return {
    writes: new S3Client({ ...shared, requestHandler: { ...handler, socketTimeout: inactivityMs } }),
    reads: new S3Client({
      ...shared,
      requestHandler: { ...handler, socketTimeout: 0, requestTimeout: inactivityMs, throwOnRequestTimeout: true },
    }),
  };
}
