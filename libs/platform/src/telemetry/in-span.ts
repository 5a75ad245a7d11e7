import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';

export interface SpanOptions {
  /** The service: names the tracer. */
  service: string;
  name: string;
  kind?: SpanKind;
  attributes?: Attributes;
  /** W3C trace context to continue; without it the active context is the parent. */
  traceparent?: string | null;
}

const parentOf = (traceparent?: string | null): Context =>
  traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : context.active();

/** Runs `work` inside a span; a thrown error marks it and is thrown on. */
export async function inSpan<T>(options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const tracer = trace.getTracer(options.service);
  const spanOptions = { kind: options.kind ?? SpanKind.INTERNAL, attributes: options.attributes ?? {} };
  return tracer.startActiveSpan(options.name, spanOptions, parentOf(options.traceparent), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as { code?: string }).code ?? (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The active context as a W3C `traceparent`, or null outside any span. */
export function activeTraceparent(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Trace id of the active span, for logs and problem answers. */
export const activeTraceId = (): string | null => trace.getActiveSpan()?.spanContext().traceId ?? null;
