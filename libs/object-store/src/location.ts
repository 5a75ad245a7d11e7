import { CodedError } from '@lastcopy/kernel';
import type { ObjectLocation } from './object-store.js';

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * `s3://bucket/prefix/` → `{bucket, key: 'prefix'}`; trailing slashes are dropped and the key may be empty.
 * @throws CONFIGURATION_INVALID for another scheme, a bad bucket name, or a key with `.`, `..` or empty segments
 */
export function parseLocation(location: string): ObjectLocation {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(location);
  const bucket = match?.[1] ?? '';
  const key = (match?.[2] ?? '').replace(/\/+$/, '');
  const badSegment = key !== '' && key.split('/').some((segment) => segment === '' || segment === '.' || segment === '..');
  if (!match || !BUCKET_NAME.test(bucket) || badSegment) {
    throw new CodedError('CONFIGURATION_INVALID', `Storage location "${location}" is not of the form s3://bucket/prefix.`);
  }
  return { bucket, key };
}

/** `{bucket, key}` → `s3://bucket/key` */
export const formatLocation = ({ bucket, key }: ObjectLocation): string => `s3://${bucket}/${key}`;
