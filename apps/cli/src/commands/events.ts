import type { Command } from 'commander';
import { serviceNames, unparkSubject, type ServiceName, type UnparkAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { connectBus } from '../bus.js';
import { print, type CliContext } from './context.js';
import { tail } from './tail.js';

const unparkTimeoutMs = 60_000;

/** Takes up again what a service set aside, after the cause is mended. Answers whether nothing is left. */
async function unpark(context: CliContext, service: string, subscription: string, streamId: string): Promise<boolean> {
  if (!(serviceNames as readonly string[]).includes(service)) {
    throw new CodedError('VALIDATION_FAILED', `There is no service ${service}; there are ${serviceNames.join(', ')}.`);
  }
  const connection = await connectBus(context.profile(), 'operator', 'events unpark');
  try {
    const request = JSON.stringify({ subscription, stream_id: streamId });
    const reply = await connection.request(unparkSubject(service as ServiceName), request, { timeout: unparkTimeoutMs });
    const { applied, remaining, error } = reply.json<UnparkAnswer>();
    print(context, `${applied} applied, ${remaining} still parked${error ? `: ${error}` : ''}`);
    return !error && remaining === 0;
  } finally {
    await connection.close();
  }
}

export function registerEvents(program: Command, context: CliContext): void {
  const events = program.command('events').description('the event stream');
  events
    .command('tail')
    .description("follow the tenant's events")
    .option('--from-start')
    .option('--json')
    .action((options) => tail(context, options as { fromStart?: boolean; json?: boolean }));
  events
    .command('unpark <service> <subscription> <stream-id>')
    .description('take up the parked events of a stream again, after the cause is mended; doctor lists them')
    .action(async (service: string, subscription: string, streamId: string) => {
      if (!(await unpark(context, service, subscription, streamId))) process.exitCode = 1;
    });
}
