/** One key pair that may use the store. `bucketPrefixes` limits it to buckets whose names begin with one of them. */
export interface EmbeddedS3Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `read-write` unless told. */
  readonly access?: 'read-write' | 'read-only';
  readonly bucketPrefixes?: readonly string[];
}

export const mayWrite = (credential: EmbeddedS3Credential): boolean => credential.access !== 'read-only';

export const maySeeBucket = (credential: EmbeddedS3Credential, bucket: string): boolean =>
  credential.bucketPrefixes?.some((prefix) => bucket.startsWith(prefix)) ?? true;
