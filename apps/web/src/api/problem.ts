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

  /** Whether asking once more by itself may help: nothing was decided. */
  get passing(): boolean {
    return this.body.status === 0 || this.body.status >= 502 || this.body.status === 429;
  }
}

const unreachable: ProblemBody = {
  title: 'The gateway cannot be reached',
  status: 0,
  detail: 'Nothing was sent or changed. The page asks again by itself.',
  code: 'UNREACHABLE',
  hint: 'Check your network; what you typed stays here.',
};

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null;
  const { status, statusText } = response;
  return new Problem({
    ...{ title: statusText || 'The request failed', status, detail: `The gateway answered ${status}.`, code: `HTTP_${status}` },
    ...body,
  });
}

/** Any failure of a request as a problem that can be shown. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : error instanceof TypeError || (error instanceof DOMException && error.name !== 'AbortError')
      ? new Problem(unreachable)
      : new Problem({
          title: 'This page failed',
          status: 0,
          detail: error instanceof Error ? error.message : String(error),
          code: 'PAGE_FAILED',
        });
