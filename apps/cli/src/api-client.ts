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

const problemOf = async (response: Response): Promise<Problem> => {
  const text = await response.text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 500) || response.statusText };
  }
};

/** The gateway's REST API for one person of one tenant. */
export class ApiClient {
  constructor(
    private readonly profile: Profile,
    private readonly token: () => Promise<string>,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  /** `idempotencyKey` makes a repetition harmless; a new one is made for every call without it. */
  post<T>(path: string, body: object = {}, idempotencyKey: string = randomUUID()): Promise<T> {
    return this.request<T>('POST', path, body, { 'idempotency-key': idempotencyKey });
  }

  private async request<T>(method: string, path: string, body?: object, extra: Record<string, string> = {}): Promise<T> {
    const url = `${this.profile.api_url}/api/v1${path}`;
    const headers = {
      authorization: `Bearer ${await this.token()}`,
      'x-client-account-id': this.profile.client_account_id,
      'x-engagement-id': this.profile.engagement_id,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...extra,
    };
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(60_000),
      });
    } catch (cause) {
      throw new ApiError(503, {
        code: 'SERVICE_UNAVAILABLE',
        detail: `The gateway at ${this.profile.api_url} does not answer: ${(cause as Error).message}`,
        hint: 'Is Lastcopy running? Start it with `npm start`.',
      });
    }
    if (!response.ok) throw new ApiError(response.status, await problemOf(response));
    return (await response.json()) as T;
  }
}
