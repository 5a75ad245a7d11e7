import http from 'node:http';
import type { AddressInfo } from 'node:net';

interface ExportedSpans {
  resourceSpans?: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { traceId: string; name: string }[] }[];
  }[];
}

/** A real OTLP/HTTP receiver (JSON): remembers which services took part in which trace. */
export async function startOtlpReceiver() {
  const servicesByTrace = new Map<string, Set<string>>();
  const bodies: Buffer[] = [];
  const remember = (exported: ExportedSpans) => {
    for (const { resource, scopeSpans } of exported.resourceSpans ?? []) {
      const service = resource.attributes.find((attribute) => attribute.key === 'service.name')?.value.stringValue ?? '';
      for (const { traceId } of scopeSpans.flatMap((scope) => scope.spans)) {
        servicesByTrace.set(traceId, (servicesByTrace.get(traceId) ?? new Set()).add(service));
      }
    }
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push(body);
      remember(JSON.parse(body.toString()) as ExportedSpans);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    servicesByTrace,
    /** Everything that was exported, as it came. */
    bodies,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
