import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Link } from '@opentelemetry/api';

/** The active context as a W3C `traceparent`, or null outside any span. */
export function activeTraceparent(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

export interface HandlerSpan {
  service: string;
  name: string;
  /** Of the event that is handled: its trace goes on. */
  traceparent: string | null;
  /** Traces of the other events of a batch. */
  links?: readonly string[];
  attributes?: Attributes;
}

function linksTo(traceparents: readonly string[]): Link[] {
  const contexts = [...new Set(traceparents)].map((traceparent) =>
    trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent })),
  );
  return contexts.flatMap((context) => (context ? [{ context }] : []));
}

/** Runs `work` in a span whose parent is the event's trace; a thrown error marks it and is thrown on. */
export async function inHandlerSpan<T>(options: HandlerSpan, work: () => Promise<T>): Promise<T> {
  const parent = options.traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent: options.traceparent }) : context.active();
  const spanOptions = { kind: SpanKind.CONSUMER, attributes: options.attributes ?? {}, links: linksTo(options.links ?? []) };
  return trace.getTracer(options.service).startActiveSpan(options.name, spanOptions, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
      throw error;
    } finally {
      span.end();
    }
  });
}
