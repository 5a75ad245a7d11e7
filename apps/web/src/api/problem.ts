/** RFC 9457, as every error of the gateway is. */
export interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  code: string;
  hint?: string;
  trace_id?: string | null;
  errors?: { pointer: string; detail: string }[];
  blockers?: { code: string; message: string; hint: string }[] | null;
  /** Of what was carried out and cannot be read yet: its kind and its id, `archive_job:<id>`. */
  stream_id?: string;
}

/** What the gateway refused, or that it could not be reached (status 0). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly body: ProblemBody) {
    super(body.detail);
  }

  get code(): string {
    return this.body.code;
  }

  /** Whether it is carried out, and only cannot be shown yet. */
  get pending(): boolean {
    return this.code === 'PENDING';
  }

  /** Whether asking once more by itself may help: nothing was decided. */
  get passing(): boolean {
    return this.body.status === 0 || this.body.status >= 502 || this.body.status === 429;
  }
}

const unreached = { title: 'The gateway cannot be reached', status: 0, code: 'UNREACHABLE' };

/** A read that did not come through, or a write whose answer did not. */
export const unreachable = (method: string): Problem =>
  new Problem(
    method === 'GET'
      ? {
          ...unreached,
          detail: 'Nothing was changed. The page asks again by itself.',
          hint: 'Check your network; what you typed stays here.',
        }
      : {
          ...unreached,
          detail: 'No answer came: it may have been done or not. Press again when the line is back; the same request is never done twice.',
          hint: 'What you typed stays here.',
        },
  );

/** Carried out, but what was written cannot be read yet. @param stream_id what was written, as the gateway names it */
export const notReadableYet = (stream_id?: string): Problem =>
  new Problem({
    ...{ title: 'It is done, and shown in a moment', status: 202, code: 'PENDING', ...(stream_id ? { stream_id } : {}) },
    detail: 'The gateway has carried it out but cannot show it yet. There is no need to send it again.',
  });

/** How browsers call a request that reached nobody. */
const isNetwork = (error: unknown): boolean => error instanceof TypeError && /fetch|network|load failed|connection/i.test(error.message);

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null;
  const { status, statusText } = response;
  return new Problem({
    ...{ title: statusText || 'The request failed', status, detail: `The gateway answered ${status}.`, code: `HTTP_${status}` },
    ...body,
  });
}

/** Any failure as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isNetwork(error)) return unreachable('GET');
  return new Problem({
    title: 'This page failed',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    code: 'PAGE_FAILED',
  });
}
