import { decodeJwt, SignJWT } from 'jose';

/** `token` as it is; with a development stack's secret, the same person signed in just now. */
export async function bearerToken(token: string, devTokenSecret: string | undefined): Promise<string> {
  if (!devTokenSecret) return token;
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...decodeJwt(token), auth_time: now, iat: now, exp: now + 3600 };
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(devTokenSecret));
}
