import { createPublicKey, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import type { Tenant } from '@lastcopy/contracts';
import type { CallerKind } from './route-permissions.js';

export const tokenFaults = [
  'none',
  'expired',
  'wrong audience',
  'wrong issuer',
  'signed with the public key',
  'unsigned',
  'changed',
] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** The issuer of the development tokens, so that a gateway can take both. */
const issuer = 'lastcopy-development';
const hourS = 3_600;

const claimsOf = (kind: CallerKind): Record<string, unknown> => {
  if (kind === 'reading_machine') return { client_id: kind, scope: 'decommission.read decommission.approve' };
  return { name: kind, roles: kind === 'nobody' ? [] : [kind], auth_time: Math.floor(Date.now() / 1000) };
};

/** An identity provider of the test's own: tokens of every kind of caller, right and wrong. */
export class MatrixCallers {
  private constructor(
    private readonly key: CryptoKey,
    private readonly published: JWK,
    /** Settings of a gateway that trusts it. */
    readonly settings: Record<string, string>,
  ) {}

  static async make(dir: string): Promise<MatrixCallers> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const published = { ...(await exportJWK(publicKey)), kid: 'people', alg: 'ES256', use: 'sig' };
    const file = path.join(dir, `people-${randomUUID()}.jwks.json`);
    await writeFile(file, JSON.stringify({ keys: [published] }));
    return new MatrixCallers(privateKey, published, { AUTH_ISSUER: issuer, AUTH_JWKS_FILE: file });
  }

  token(kind: CallerKind, tenant: Tenant, fault?: TokenFault): Promise<string> | string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ sub: kind, iss: fault === 'wrong issuer' ? 'https://others.example' : issuer, ...tenant, ...claimsOf(kind) },
      ...{ aud: fault === 'wrong audience' ? 'others' : 'lastcopy', exp: now + (fault === 'expired' ? -hourS : hourS) },
    };
    if (fault === 'unsigned') return new UnsecuredJWT(claims).encode();
    const unsigned = new SignJWT(claims);
    if (fault === 'signed with the public key') return unsigned.setProtectedHeader({ alg: 'HS256', kid: 'people' }).sign(this.publicText());
    const signed = unsigned.setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'people' }).sign(this.key);
    return fault === 'changed' ? signed.then((token) => this.withMoreRoles(token)) : signed;
  }

  /** A valid signature over other claims. */
  private withMoreRoles(token: string): string {
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['operator', 'legal'] })).toString('base64url');
    return [header, changed, signature].join('.');
  }

  private publicText(): Uint8Array {
    const key = createPublicKey({ key: this.published as never, format: 'jwk' });
    return new TextEncoder().encode(key.export({ type: 'spki', format: 'pem' }) as string);
  }
}
