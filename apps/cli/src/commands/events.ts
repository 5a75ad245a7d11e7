import type { Command } from 'commander';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { eventsStreamName, serviceNames, unparkSubject, type ServiceName, type UnparkAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { connectBus, print, type CliContext } from './context.js';

async function tail(context: CliContext, options: { fromStart?: boolean; json?: boolean }): Promise<void> {
  const { client_account_id, engagement_id } = context.profile();
  const connection = await connectBus(context, 'events tail');
  process.once('SIGINT', () => void connection.close());
  const consumer = await jetstream(connection).consumers.get(eventsStreamName, {
    filter_subjects: `lastcopy.events.${client_account_id}.${engagement_id}.>`,
    deliver_policy: options.fromStart ? DeliverPolicy.All : DeliverPolicy.New,
  });
  for await (const message of await consumer.consume()) {
    const time = message.headers?.get('ce-time') ?? '';
    const type = message.subject.split('.').at(-1)!;
    print(
      context,
      options.json
        ? JSON.stringify({ subject: message.subject, time, data: message.json() })
        : `${time}  ${type.padEnd(24)}  ${message.subject.split('.').slice(4, 6).join(' ')}`,
    );
  }
}

const unparkTimeoutMs = 60_000;

/** Takes up again what a service set aside, after the cause is mended. Answers whether nothing is left. */
async function unpark(context: CliContext, service: string, subscription: string, streamId: string): Promise<boolean> {
  if (!(serviceNames as readonly string[]).includes(service)) {
    throw new CodedError('VALIDATION_FAILED', `There is no service ${service}; there are ${serviceNames.join(', ')}.`);
  }
  const connection = await connectBus(context, 'events unpark');
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
