import { compactVerify, CompactSign, importJWK, type JWK } from 'jose';
import type { AnchoredHead } from '@lastcopy/contracts';
import { canonicalBytes } from '../verification/evidence.js';

export const anchorType = 'lastcopy-anchor+jws';
export const anchorFormat = 'lastcopy-anchor/1';
export const anchorFolder = 'anchors/';

/** What is signed. */
export interface AnchorDocument {
  format: typeof anchorFormat;
  anchor_no: number;
  /** ISO 8601 */
  taken_at: string;
  taken_by: string;
  heads: AnchoredHead[];
  previous_sha256: string | null;
}

/** Where an anchor stands. What a crash cut off stands under another time, and so under another key. */
export const anchorKey = ({ anchor_no, taken_at }: Pick<AnchorDocument, 'anchor_no' | 'taken_at'>): string =>
  `${anchorFolder}${taken_at.slice(0, 10)}/${String(anchor_no).padStart(8, '0')}-${new Date(taken_at).getTime()}.jws`;

/** Undefined for a key that no anchor has. */
export function anchorNoOf(key: string): number | undefined {
  const [, number] = /^anchors\/\d{4}-\d{2}-\d{2}\/(\d{8,15})-\d{1,15}\.jws$/.exec(key) ?? [];
  return number === undefined ? undefined : Number(number);
}

export async function signAnchor(document: AnchorDocument, key: JWK): Promise<Buffer> {
  const header = { alg: 'EdDSA', typ: anchorType, ...(key.kid ? { kid: key.kid } : {}) };
  const jws = await new CompactSign(canonicalBytes(document)).setProtectedHeader(header).sign(await importJWK(key, 'EdDSA'));
  return Buffer.from(jws);
}

/** The document, when one of the keys signed it as an anchor; undefined for anything else. */
export async function openAnchor(jws: Buffer, keys: readonly JWK[]): Promise<AnchorDocument | undefined> {
  for (const key of keys) {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] });
      const document = JSON.parse(Buffer.from(payload).toString()) as AnchorDocument;
      if (protectedHeader.typ === anchorType && document.format === anchorFormat) return document;
    } catch {
      // Not by this key: the next one may have signed it.
    }
  }
  return undefined;
}
