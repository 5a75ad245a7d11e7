import { randomUUID } from 'node:crypto';
import type { Profile } from './config.js';

export interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  hint?: string;
  trace_id?: string;
  errors?: { pointer?: string; detail: string }[];
  blockers?: { code: string; message: string; hint: string }[];
}

/** The gateway's answer when it is not a success: everything that it said about why. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
  }
}

/** The gateway carried it out, and cannot show the outcome yet: no failure, but nothing to print either. */
export class NotReadableYet extends Error {
  override readonly name = 'NotReadableYet';
}

const problemOf = async (response: Response): Promise<Problem> => {
  const text = await response.text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 500) || response.statusText };
  }
};

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
interface Sent {
  /** JSON unless it is a form or, with `mediaType`, text. */
  body?: object | string;
  mediaType?: string;
  /** Makes a repetition harmless; a new one is made for every change without it. */
  idempotencyKey?: string;
  /** The version that was looked at. */
  ifMatch?: number;
  timeoutMs?: number;
}

const usualTimeoutMs = 60_000;
/** A file, or the check of all logs. */
export const longTimeoutMs = 30 * 60_000;
const pageSize = 500;

const contentOf = ({ body, mediaType }: Sent): { headers: Record<string, string>; body?: string | FormData } => {
  if (body === undefined) return { headers: {} };
  // A form says itself where its parts begin.
  if (body instanceof FormData) return { headers: {}, body };
  if (typeof body === 'string') return { headers: { 'content-type': mediaType ?? 'text/plain' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
};

/** A path with a query of what is given. */
export function withQuery(path: string, query: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return given.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`;
}

/** The gateway's REST API for one person of one tenant. */
export class ApiClient {
  constructor(
    private readonly profile: Profile,
    private readonly token: () => Promise<string>,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.json<T>('GET', path);
  }

  /** Every page of a list. */
  async all<T>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
      const page = await this.get<T[]>(withQuery(path, { limit: pageSize, offset: found.length }));
      found.push(...page);
      if (page.length < pageSize) return found;
    }
  }

  post<T>(path: string, body: object | string = {}, sent: Omit<Sent, 'body'> = {}): Promise<T> {
    return this.json<T>('POST', path, { ...sent, body });
  }

  patch<T>(path: string, body: object, sent: Omit<Sent, 'body'> = {}): Promise<T> {
    return this.json<T>('PATCH', path, { ...sent, body });
  }

  put<T>(path: string, body: object, sent: Omit<Sent, 'body'> = {}): Promise<T> {
    return this.json<T>('PUT', path, { ...sent, body });
  }

  delete<T>(path: string, sent: Omit<Sent, 'body'> = {}): Promise<T> {
    return this.json<T>('DELETE', path, sent);
  }

  /** An answer as it comes, for files and for what stands in headers. Throws ApiError unless it is a success. */
  async fetch(method: Method, path: string, sent: Sent = {}): Promise<Response> {
    const { headers, body } = contentOf(sent);
    const request = {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        'x-client-account-id': this.profile.client_account_id,
        'x-engagement-id': this.profile.engagement_id,
        ...headers,
        ...(method === 'GET' ? {} : { 'idempotency-key': sent.idempotencyKey ?? randomUUID() }),
        ...(sent.ifMatch === undefined ? {} : { 'if-match': `"${sent.ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(sent.timeoutMs ?? usualTimeoutMs),
    };
    const response = await fetch(`${this.profile.api_url}/api/v1${path}`, request).catch((cause: Error) => {
      throw new ApiError(503, {
        code: 'SERVICE_UNAVAILABLE',
        detail: `The gateway at ${this.profile.api_url} does not answer: ${cause.message}`,
        hint: 'Is Lastcopy running? Start it with `npm start`.',
      });
    });
    if (!response.ok) throw new ApiError(response.status, await problemOf(response));
    return response;
  }

  private async json<T>(method: Method, path: string, sent?: Sent): Promise<T> {
    const response = await this.fetch(method, path, sent);
    const answer = (await response.json()) as T & { pending?: boolean; message?: string };
    if (response.status === 202 && answer?.pending) throw new NotReadableYet(answer.message);
    return answer;
  }
}
