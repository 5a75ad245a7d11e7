// The gateway over REST, in the name of a demo person.
import { randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';

/** Thrown for any answer that is not a success; carries what the gateway said. */
export class GatewayError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** The person signed in just now; only the development stack's own profile can do that. */
async function tokenOf({ tokens, dev_token_secret: secret }, person) {
  if (!secret) return tokens[person];
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...decodeJwt(tokens[person]), auth_time: now, iat: now, exp: now + 3600 };
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}

export function gatewayClient(profile, person) {
  const request = async (method, path, body, headers = {}) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${profile.api_url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(profile, person)}`,
        'x-client-account-id': profile.client_account_id,
        'x-engagement-id': profile.engagement_id,
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
        ...(body ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new GatewayError(response.status, text.startsWith('{') ? JSON.parse(text) : { detail: text });
    return JSON.parse(text);
  };
  /** Sends a form: text fields and one file `{filename, type, content}`. */
  const upload = async (path, fields, { filename, type, content }) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content], { type }), filename);
    return request('POST', path, form);
  };
  return {
    get: (path) => request('GET', path),
    post: (path, body = {}, headers = {}) => request('POST', path, body, headers),
    patch: (path, body, headers = {}) => request('PATCH', path, body, headers),
    put: (path, body, headers = {}) => request('PUT', path, body, headers),
    upload,
  };
}
