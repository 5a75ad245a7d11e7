import { createLogger } from './logger.js';
import { activeTraceId, activeTraceparent, inSpan } from './in-span.js';
import { startTracing } from './tracing.js';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('continues a trace, and logs and propagates its id', async () => {
  const tracing = startTracing('gateway');
  const lines: string[] = [];
  const logger = createLogger('gateway', 'info', { write: (line) => void lines.push(line) });
  await inSpan({ service: 'gateway', name: 'work', traceparent: parent }, async () => {
    await Promise.resolve();
    logger.info({ password: 'hidden', source: { password: 'hidden' } }, 'inside');
    expect(activeTraceparent()).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  });
  expect(activeTraceId()).toBeNull();
  expect(JSON.parse(lines[0]!)).toMatchObject({ msg: 'inside', trace_id: '0af7651916cd43dd8448eb211c80319c', password: '[redacted]' });
  expect(lines[0]).not.toContain('hidden');
  await tracing.shutdown();
});
