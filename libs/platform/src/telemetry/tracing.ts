import { context, propagation, trace, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider as SdkTracerProvider } from '@opentelemetry/sdk-trace';

/** Several services may share one process: a tracer's name is its service's name, and each service has a resource of its own. */
class TracersByService implements TracerProvider {
  private readonly providers = new Map<string, SdkTracerProvider>();
  private readonly fallback = new SdkTracerProvider();

  add(service: string, provider: SdkTracerProvider): void {
    this.providers.set(service, provider);
  }

  remove(service: string): void {
    this.providers.delete(service);
  }

  getTracer(name: string): Tracer {
    return (this.providers.get(name) ?? this.fallback).getTracer(name);
  }
}

let tracers: TracersByService | undefined;

/** The API's globals can be set once a process; spans have ids even when nothing is exported, so that logs and answers can name the trace. */
function registerOnce(): TracersByService {
  if (tracers) return tracers;
  tracers = new TracersByService();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracers);
  return tracers;
}

export interface Tracing {
  /** Sends what is left and stops. */
  shutdown(): Promise<void>;
}

/** Starts tracing for a service. Spans are exported (OTLP over HTTP, `<endpoint>/v1/traces`) only when `endpoint` is given. */
export function startTracing(service: string, endpoint?: string): Tracing {
  const registered = registerOnce();
  const exporter = endpoint ? new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }) : undefined;
  const provider = new SdkTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'lastcopy' }),
    spanProcessors: exporter ? [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 500 })] : [],
  });
  registered.add(service, provider);
  return {
    async shutdown() {
      registered.remove(service);
      await provider.shutdown();
    },
  };
}
