import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Blocker, FieldFault, Problem } from '@lastcopy/contracts';
import { isTransient } from '@lastcopy/eventing';
import { CodedError, errorRegistry, isCodedError, type ErrorCode } from '@lastcopy/kernel';
import { activeTraceId, type Logger } from '@lastcopy/platform';
import type { AuditedRequests } from '../audit/audited-requests.js';
import type { GatewayRequest } from './request-scope.js';

const codesOfStatus: Record<number, ErrorCode> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'CONTENT_TYPE_UNSUPPORTED',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
};
const retryAfterSeconds = 2;

const reads = ['GET', 'HEAD', 'OPTIONS'];

const titleOf = (code: string) => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');

/** The framework's own words repeat pieces of the body and of the address, which may be a password. */
function wordsFor(error: Error, status: number): string {
  if (status === 400 && error.message.includes('JSON')) return 'The body is not valid JSON';
  // "Cannot GET <url>": the query may hold a token.
  if (status === 404) return error.message.split('?')[0]!;
  const { limit } = error as { limit?: number };
  return status === 413 && limit ? `The body is larger than the ${limit} bytes that are taken here` : error.message;
}

/** What the HTTP framework refuses by itself: unknown routes, bodies that are no JSON or too large. */
function fromFramework(error: HttpException | (Error & { status: number })): CodedError & { status?: number } {
  const status = error instanceof HttpException ? error.getStatus() : error.status;
  const code = codesOfStatus[status] ?? (status < 500 ? 'VALIDATION_FAILED' : 'INTERNAL');
  return Object.assign(new CodedError(code, wordsFor(error, status), { cause: error }), { status });
}

function asCoded(error: unknown): CodedError & { status?: number } {
  if (isCodedError(error)) return error;
  const isHttp = error instanceof HttpException || (error instanceof Error && typeof (error as { status?: unknown }).status === 'number');
  if (isHttp) return fromFramework(error as HttpException);
  if (isTransient(error)) return new CodedError('SERVICE_UNAVAILABLE', "The gateway's database does not answer.", { cause: error });
  return new CodedError('INTERNAL', 'The gateway failed in a way that it should not', { cause: error });
}

/** RFC 9457. The only place that maps errors to HTTP. */
export function problemOf(error: CodedError & { status?: number }, instance: string): Problem {
  const { errors, blockers } = (error.details ?? {}) as { errors?: FieldFault[]; blockers?: Blocker[] };
  const faults = (blockers ?? []).map(({ code, message }, index) => ({ pointer: `/blockers/${index}`, detail: `${code}: ${message}` }));
  return {
    type: `urn:lastcopy:error:${error.code}`,
    title: titleOf(error.code),
    status: error.status ?? errorRegistry[error.code].status,
    detail: error.message,
    instance,
    code: error.code,
    hint: error.hint,
    trace_id: activeTraceId(),
    errors: errors ?? faults,
    ...(blockers ? { blockers } : {}),
  };
}

const waitOf = (error: unknown): number =>
  (isCodedError(error) ? (error.details as { retry_after_s?: number } | undefined)?.retry_after_s : undefined) ?? retryAfterSeconds;

/** RFC 9470: the token is good, and the sign-in behind it too old for this. */
function stepUp(error: unknown): string {
  const maxAge = isCodedError(error) ? (error.details as { max_age_s?: number } | undefined)?.max_age_s : undefined;
  const challenge = 'Bearer error="insufficient_user_authentication", error_description="A more recent sign-in is required"';
  return maxAge === undefined ? challenge : `${challenge}, max_age="${maxAge}"`;
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly audit: Pick<AuditedRequests, 'record'>,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<GatewayRequest>();
    const response = http.getResponse<Response>();
    // Without its query: whoever puts a token there must not find it again in an answer that is kept or sent on.
    const problem = problemOf(asCoded(error), request.originalUrl.split('?')[0]!);
    if (problem.status >= 500) this.logger.error({ err: error, code: problem.code, path: request.path }, 'a request failed');
    this.auditRefusal(request, problem);
    if (response.headersSent) return void response.end();
    if (problem.status === 503 || problem.status === 429) response.setHeader('Retry-After', String(waitOf(error)));
    if (problem.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
    if (problem.code === 'REAUTHENTICATION_REQUIRED') response.setHeader('WWW-Authenticate', stepUp(error));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** A write that was refused leaves no event, and who tried it must be known all the same. Its body stays out: it may hold anything. */
  private auditRefusal({ method, principal, path, params }: GatewayRequest, { code, detail, trace_id }: Problem): void {
    if (!principal || reads.includes(method)) return;
    const { actor, tenant } = principal;
    const ids = params as Record<string, string | undefined>;
    const refusal = { outcome: 'refused', code, action: `Refused: ${detail}`, reason: null, trace_id: trace_id ?? null } as const;
    void this.audit.record({ tenant, actor, method, path, params: ids, ...refusal });
  }
}
