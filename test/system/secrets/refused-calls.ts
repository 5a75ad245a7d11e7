import { SignJWT } from 'jose';
import type { Stack } from '../stack.js';
import type { Canaries } from './canaries.js';

interface Call {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function callsOf(stack: Stack, canaries: Canaries): Promise<Call[]> {
  const { tokens, client_account_id, engagement_id } = stack.profile;
  const tenant = { 'x-client-account-id': client_account_id, 'x-engagement-id': engagement_id };
  const olga = { authorization: `Bearer ${(tokens as Record<string, string>).olga}`, ...tenant };
  const wrongSecret = new TextEncoder().encode(canaries.of('secret that a token was wrongly signed with'));
  const forged = await new SignJWT({ password: canaries.of('claim of a token that is refused') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('olga')
    .setIssuer('lastcopy-development')
    .setAudience('lastcopy')
    .setExpirationTime('1h')
    .sign(wrongSecret);
  const basic = Buffer.from(`olga:${canaries.of('password of HTTP Basic')}`).toString('base64');
  const source = { kind: 'postgresql', host: 'localhost', port: 5432, database: 'd', user: 'u', secret_ref: 'none' };
  const register = (changes: object, sourceChanges: object = {}): Call => ({
    ...{ method: 'POST', path: '/api/v1/systems', headers: { ...olga, ...json } },
    body: JSON.stringify({ system_name: 'wrong', data_classification: [], ...changes, source: { ...source, ...sourceChanges } }),
  });
  const token = (fields: Record<string, string>): Call => ({
    ...{ method: 'POST', path: '/dev-issuer/token', headers: form, body: new URLSearchParams(fields).toString() },
  });
  const read = (headers: Record<string, string>, query = ''): Call => ({ path: `/api/v1/systems${query}`, headers });
  return [
    read({ ...tenant, authorization: `Basic ${basic}` }),
    read({ ...tenant, authorization: `Bearer ${canaries.of('word that is no token')}` }),
    read({ ...tenant, authorization: `Bearer ${forged}` }),
    read({ ...tenant, authorization: `${olga.authorization.split('.').slice(0, 2).join('.')}.${canaries.of('wrong signature')}` }),
    read({ ...tenant, cookie: `session=${canaries.of('cookie')}` }),
    read({ ...tenant, 'x-api-key': canaries.of('header that nobody asked for') }),
    read(tenant, `?access_token=${canaries.of('token in the query of a call without a sign-in')}`),
    read(olga, `?limit=x&access_token=${canaries.of('token in the query of a call')}`),
    { path: `/api/v1/nowhere?access_token=${canaries.of('token in the query of a route that is none')}`, headers: olga },
    { path: `/nowhere?access_token=${canaries.of('token in the query of a page that is none')}` },
    register({ password: canaries.of('field that is not known') }),
    register({}, { password: canaries.of('field of the source that is not known') }),
    register({}, { host: `postgres://u:${canaries.of('password in the host of a source')}@h/d` }),
    register({}, { secret_ref: `The password: ${canaries.of('password in the place of its name')}` }),
    { ...register({}), body: `{"password": "${canaries.of('password in a body that is no JSON')}"` },
    { ...register({}), headers: { ...olga, ...form }, body: `password=${canaries.of('password in a form')}` },
    token({ grant_type: 'client_credentials', client_id: 'lastcopy-demo-service', client_secret: canaries.of('wrong secret of a client') }),
    token({
      grant_type: 'authorization_code',
      client_id: 'lastcopy-web',
      code: canaries.of('wrong code'),
      redirect_uri: 'http://127.0.0.1/',
    }),
    token({ grant_type: 'refresh_token', client_id: 'lastcopy-web', refresh_token: canaries.of('wrong refresh token') }),
    {
      ...{ method: 'POST', path: '/dev-issuer/login/nobody', headers: form },
      body: new URLSearchParams({ person: 'olga', password: canaries.of('password at the login page') }).toString(),
    },
    { path: '/dev-issuer/me', headers: { authorization: `Bearer ${canaries.of('token for the person’s own page')}` } },
  ];
}

/** Secrets in the wrong places of calls, as people and programs put them there. Every call is refused. Answers the statuses. */
export async function makeRefusedCalls(stack: Stack, canaries: Canaries): Promise<number[]> {
  const statuses: number[] = [];
  for (const { path, ...call } of await callsOf(stack, canaries)) {
    const answer = await fetch(`${stack.profile.api_url}${path}`, { ...call, redirect: 'manual' });
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  return statuses;
}
