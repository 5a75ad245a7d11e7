import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.js';
import { parseS3Request, type S3Request } from './s3-request.js';
import { authenticate } from '../auth/authenticate.js';
import { maySeeBucket, mayWrite, type EmbeddedS3Credential } from '../auth/credentials.js';
import { damagedBody, type Fault, type FaultHook } from '../fault.js';
import { findRoute } from '../operations/routes.js';
import { S3Error } from '../s3-error.js';
import type { ObjectFiles } from '../store/object-files.js';
import { xmlError } from '../xml/write-xml.js';

export interface HandlerOptions {
  readonly store: ObjectFiles;
  readonly credentials: ReadonlyMap<string, EmbeddedS3Credential>;
  readonly fault?: FaultHook;
  /** Told of every error that is not an answer of the protocol. */
  readonly onDefect: (error: unknown) => void;
  /** Resolves when the server stops: lets go of stalled answers. */
  readonly stopped: Promise<void>;
}

interface Outcome {
  readonly answer: Answer;
  readonly fault?: Fault;
}

const drainLimitBytes = 64 * 1024 ** 2;
/** The connection closed during the answer, or before it began. */
const clientLeft: ReadonlySet<string | undefined> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE']);

/** Reads off what is left of a refused body: a client that still sends would otherwise see a reset, not the refusal. */
const drain = async (raw: IncomingMessage): Promise<boolean> => {
  if (raw.complete || Number(raw.headers['content-length'] ?? 0) > drainLimitBytes) return raw.complete;
  let sizeBytes = 0;
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      sizeBytes += (chunk as Buffer).length;
      if (sizeBytes > drainLimitBytes) return false;
    }
    return true;
  } catch {
    return false;
  }
};

const requireAccess = (request: S3Request, credential: EmbeddedS3Credential, access: 'read' | 'write'): void => {
  if (request.bucket !== '' && !maySeeBucket(credential, request.bucket))
    throw new S3Error('AccessDenied', 'Access Denied to this bucket.');
  if (access === 'write' && !mayWrite(credential)) throw new S3Error('AccessDenied', 'Access Denied: these credentials may only read.');
};

const carryOut = async (raw: IncomingMessage, options: HandlerOptions): Promise<Outcome> => {
  const nowMs = Date.now();
  const request = parseS3Request(raw);
  const auth = authenticate(request, options.credentials, nowMs);
  const route = findRoute(request);
  requireAccess(request, auth.credential, route.access);
  const { method, bucket, key } = request;
  const fault = await options.fault?.({ operation: route.name, method, bucket, key, accessKeyId: auth.credential.accessKeyId });
  if (fault?.kind === 'reset') return { answer: { status: 500 }, fault };
  if (fault?.kind === 'error') throw new S3Error(fault.code, 'A fault that was asked for.');
  const answer = await route.run({ request, auth, store: options.store, nowMs });
  return { answer, ...(fault && { fault }) };
};

const errorAnswer = (error: S3Error, requestId: string, resource: string): Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/xml', ...error.headers },
  body: error.status === 304 ? '' : xmlError({ Code: error.code, Message: error.message, Resource: resource, RequestId: requestId }),
});

const sendText = (raw: IncomingMessage, response: ServerResponse, text: string, status: number): void => {
  const bodiless = raw.method === 'HEAD' || status === 204 || status === 304;
  // A HEAD of an object names the object's length already; an empty body has to say that it is empty.
  if (!bodiless || (raw.method === 'HEAD' && !response.hasHeader('content-length')))
    response.setHeader('content-length', Buffer.byteLength(text));
  response.end(bodiless ? undefined : text);
};

const send = async (raw: IncomingMessage, response: ServerResponse, { answer, fault }: Outcome, stopped: Promise<void>): Promise<void> => {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.body === undefined || typeof answer.body === 'string') {
    sendText(raw, response, answer.body ?? '', answer.status);
    return;
  }
  const injures = fault?.kind === 'stall' || fault?.kind === 'truncate' || fault?.kind === 'flip';
  if (fault?.kind === 'truncate') response.removeHeader('content-length');
  const body = Readable.from(injures ? damagedBody(answer.body, fault, stopped) : answer.body, { objectMode: false });
  // Where the client is gone already nothing is begun, and nothing lets go of what was opened but this.
  await pipeline(body, response).finally(() => body.destroy());
  // Fewer bytes than the head promised: the connection is of no further use.
  if (fault?.kind === 'stall') raw.socket.destroy();
};

/** Answers one request; never rejects. */
export const handleRequest = async (raw: IncomingMessage, response: ServerResponse, options: HandlerOptions): Promise<void> => {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  response.setHeader('x-amz-request-id', requestId);
  response.setHeader('server', 'embedded-s3');
  let outcome: Outcome;
  try {
    outcome = await carryOut(raw, options);
  } catch (error) {
    const known =
      error instanceof S3Error
        ? error
        : new S3Error('InternalError', 'We encountered an internal error. See the log.', {}, { cause: error });
    if (known !== error && !raw.destroyed) options.onDefect(error);
    if (!(await drain(raw))) response.setHeader('connection', 'close');
    outcome = { answer: errorAnswer(known, requestId, (raw.url ?? '').split('?')[0]!) };
  }
  if (outcome.fault?.kind === 'reset' || outcome.fault?.kind === 'lose-answer') {
    raw.socket.resetAndDestroy();
    return;
  }
  try {
    await send(raw, response, outcome, options.stopped);
  } catch (error) {
    // The head is out: breaking the connection is the only way left to say that the body is not whole.
    response.destroy();
    if (!clientLeft.has((error as NodeJS.ErrnoException).code)) options.onDefect(error);
  }
};
