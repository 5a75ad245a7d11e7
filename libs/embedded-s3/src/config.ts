import { isIP } from 'node:net';
import { CodedError } from '@lastcopy/kernel';
import type { EmbeddedS3Credential } from './auth/credentials.js';

export interface EmbeddedS3Config {
  readonly dir: string;
  /** `127.0.0.1` unless told: in a container, whose network is its own, it has to be another. */
  readonly host: string;
  readonly port: number;
  readonly credentials: readonly EmbeddedS3Credential[];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isCredential = (value: unknown): value is EmbeddedS3Credential => {
  if (typeof value !== 'object' || value === null) return false;
  const { accessKeyId, secretAccessKey, access, bucketPrefixes } = value as Record<string, unknown>;
  const accessIsKnown = access === undefined || access === 'read-write' || access === 'read-only';
  const prefixesAreTexts = bucketPrefixes === undefined || (Array.isArray(bucketPrefixes) && bucketPrefixes.every(isText));
  return isText(accessKeyId) && isText(secretAccessKey) && accessIsKnown && prefixesAreTexts;
};

const parseCredentials = (text: string | undefined): EmbeddedS3Credential[] | undefined => {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return Array.isArray(parsed) && parsed.length > 0 && parsed.every(isCredential) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/**
 * EMBEDDED_S3_DIR, EMBEDDED_S3_HOST (127.0.0.1 by default), EMBEDDED_S3_PORT (0 for a free one), EMBEDDED_S3_CREDENTIALS (JSON: `[{accessKeyId, secretAccessKey, access?, bucketPrefixes?}]`).
 * Throws CONFIGURATION_INVALID that lists every fault at once, and never a secret.
 */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): EmbeddedS3Config => {
  const faults: string[] = [];
  const dir = env.EMBEDDED_S3_DIR ?? '';
  if (dir === '') faults.push('EMBEDDED_S3_DIR must name the folder of the store');
  const host = env.EMBEDDED_S3_HOST ?? '127.0.0.1';
  if (isIP(host) === 0) faults.push('EMBEDDED_S3_HOST must be an IP address');
  const portText = env.EMBEDDED_S3_PORT ?? '0';
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) faults.push('EMBEDDED_S3_PORT must be 0 to 65535');
  const credentials = parseCredentials(env.EMBEDDED_S3_CREDENTIALS);
  if (!credentials) faults.push('EMBEDDED_S3_CREDENTIALS must be a JSON list of {accessKeyId, secretAccessKey, access?, bucketPrefixes?}');
  if (faults.length > 0) throw new CodedError('CONFIGURATION_INVALID', `The object store was not started: ${faults.join('; ')}.`);
  return { dir, host, port, credentials: credentials! };
};
