import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import type { CheckList } from './domain/check-list.js';

/** RFC 8785: the one sequence of bytes that a JSON value has. */
export const canonicalBytes = (value: unknown): Buffer => Buffer.from(canonicalJson(value), 'utf8');

/** SHA-256 (lower-case hex) of a text's UTF-8 bytes. */
export const sha256OfText = (text: string): string => sha256Hex(text);

export const sha256OfJson = (value: unknown): string => sha256Hex(canonicalJson(value));

/** Covers every check, those that an event does not list included. */
export const digestOf = (checks: CheckList): { count: number; sha256: string } => ({
  count: checks.all.length,
  sha256: sha256OfJson(checks.all),
});
