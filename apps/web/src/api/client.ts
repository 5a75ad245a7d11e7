import createClient, { type Middleware } from 'openapi-fetch';
import { session } from '../sign-in/session.js';
import { notReadableYet, problemOf, unreachable } from './problem.js';
import type { components, paths } from './generated/schema.js';

/** The shapes of the API by name: `Shape<'JobAnswer'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

const tracingId = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Who asks, for which tenant; a write can be repeated without being done twice; a trace that begins in the browser. */
export async function requestHeaders(method: string): Promise<Record<string, string>> {
  const { token, tenant } = await session.credentials();
  return {
    Authorization: `Bearer ${token}`,
    'X-Client-Account-ID': tenant.client_account_id,
    'X-Engagement-ID': tenant.engagement_id,
    traceparent: `00-${tracingId(16)}-${tracingId(8)}-01`,
    ...(method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() }),
  };
}

/** Keys of writes whose answer has not come: pressing again after a lost answer repeats the request, and is not a second one. */
const unanswered = new Map<string, string>();
const intentionOf = async (request: Request): Promise<string> => `${request.method} ${request.url} ${await request.clone().text()}`;
const intentions = new WeakMap<Request, string>();

/** What an answer that cannot be read yet is about. */
const streamOf = async (response: Response): Promise<string | undefined> =>
  ((await response.json().catch(() => null)) as Shape<'PendingAnswer'> | null)?.token.stream_id;

const signed: Middleware = {
  async onRequest({ request }) {
    const headers = await requestHeaders(request.method);
    if (request.method !== 'GET') {
      const intention = await intentionOf(request);
      intentions.set(request, intention);
      unanswered.set(intention, unanswered.get(intention) ?? headers['Idempotency-Key']!);
      headers['Idempotency-Key'] = unanswered.get(intention)!;
    }
    for (const [name, value] of Object.entries(headers)) if (!request.headers.has(name)) request.headers.set(name, value);
    return request;
  },
  async onResponse({ request, response }) {
    const problem = !response.ok && response.status !== 304 ? await problemOf(response.clone()) : undefined;
    // A request that is under way still, or that the gateway could not carry out now, goes on under its key.
    if (!problem || (problem.code !== 'COMMAND_IN_FLIGHT' && response.status < 502)) unanswered.delete(intentions.get(request) ?? '');
    if (response.status === 401) session.refused(response);
    if (problem) throw problem;
    if (response.status === 202) throw notReadableYet(await streamOf(response));
    return response;
  },
  onError({ request, error }) {
    return error instanceof TypeError ? unreachable(request.method) : undefined;
  },
};

/** The typed client of the gateway. Throws `Problem`. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '' });
api.use(signed);

/** A list with the number of all there are. */
export interface ListOf<T> {
  items: T[];
  total: number;
}

export const listOf = <T>({ data, response }: { data?: T[]; response: Response }): ListOf<T> => ({
  items: data ?? [],
  total: Number(response.headers.get('X-Total-Count') ?? data?.length ?? 0),
});

/** What a call answered; the middleware has thrown already if it failed, or if it cannot be read yet. */
export const answerOf = <T>({ data }: { data?: T }): Exclude<T, Shape<'PendingAnswer'>> => data as Exclude<T, Shape<'PendingAnswer'>>;
