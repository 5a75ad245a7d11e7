import { randomBytes } from 'node:crypto';
import { PutObjectCommand, S3Client, S3ServiceException, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3Endpoint {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a store may lack without being unfit; everything else is required of every store. */
export interface S3Capabilities {
  /** x-amz-checksum-* are verified and answered. */
  readonly flexibleChecksums: boolean;
  /** aws-chunked bodies with trailers are accepted (else: 411, and nothing is stored). */
  readonly streamedBodies: boolean;
  /** Retention given to CreateMultipartUpload is in force after Complete (else: PutObjectRetention must do it). */
  readonly retentionAtCreateMultipart: boolean;
  /** `If-None-Match: *` and `If-Match` of a write are decided on the newest version (else: every version is kept, none is lost). */
  readonly conditionalWrites: boolean;
  /** The answer of Complete carries the ETag, and refusals of Complete their exact codes (else: read it by HEAD; refused all the same). */
  readonly exactComplete: boolean;
  /** Parts listed out of order are refused (else: the caller must sort them). */
  readonly ordersParts: boolean;
}

export interface StoreUnderTest {
  readonly endpoint: S3Endpoint;
  readonly can: S3Capabilities;
  readonly client: S3Client;
  /** A bucket with Object Lock, hence versioned. */
  readonly bucket: string;
  clientWith(config: S3ClientConfig): S3Client;
}

export type Check = readonly [name: string, run: (store: StoreUnderTest) => Promise<void>];

export const minPartBytes = 5 * 1024 ** 2;

export const newKey = (suffix = ''): string => `checks/${randomBytes(8).toString('hex')}${suffix}`;

export const makeClient = (endpoint: S3Endpoint, config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    endpoint: endpoint.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: endpoint.accessKeyId, secretAccessKey: endpoint.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    ...config,
  });

export const put = (store: StoreUnderTest, Key: string, Body: string | Buffer = 'content') =>
  store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key, Body }));

/** The S3 error that a call ends in: `[code, HTTP status]`. Fails when it succeeds or ends otherwise. */
export const refusal = async (call: Promise<unknown>): Promise<{ code: string; status: number | undefined }> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof S3ServiceException) return { code: error.name, status: error.$metadata.httpStatusCode };
    throw error;
  }
  throw new Error('The store accepted what it had to refuse.');
};
