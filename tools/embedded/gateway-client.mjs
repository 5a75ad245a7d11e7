// The gateway over REST, in the name of a demo person.
import { randomUUID } from 'node:crypto';

/** Thrown for any answer that is not a success; carries what the gateway said. */
export class GatewayError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }
}

export function gatewayClient(profile, person) {
  const request = async (method, path, body) => {
    const response = await fetch(`${profile.api_url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${profile.tokens[person]}`,
        'x-client-account-id': profile.client_account_id,
        'x-engagement-id': profile.engagement_id,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new GatewayError(response.status, text.startsWith('{') ? JSON.parse(text) : { detail: text });
    return JSON.parse(text);
  };
  return { get: (path) => request('GET', path), post: (path, body = {}) => request('POST', path, body) };
}
