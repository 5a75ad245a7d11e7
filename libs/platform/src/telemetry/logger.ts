import type { LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Never let a secret through, wherever a caller logs an object that holds one. */
const secretPaths = ['password', 'secret', 'token', 'authorization', 'archiveKey', 'secretAccessKey'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** JSON logs on stderr, each line with the ids of the active trace. */
export const createLogger = (service: string, level = 'info', destination: DestinationStream = pino.destination(2)): Logger =>
  pino(
    {
      level,
      base: { service },
      redact: { paths: secretPaths, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
      },
    },
    destination,
  );

/** Nest's own messages through the service's logger. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: string) => logger.debug({ context }, String(message)),
  warn: (message: unknown, context?: string) => logger.warn({ context }, String(message)),
  error: (message: unknown, stack?: string, context?: string) => logger.error({ context, stack }, String(message)),
  debug: (message: unknown, context?: string) => logger.debug({ context }, String(message)),
  verbose: (message: unknown, context?: string) => logger.trace({ context }, String(message)),
});
