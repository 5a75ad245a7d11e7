import type { Command } from 'commander';
import { connect } from '@nats-io/transport-node';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { eventsStreamName } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { print, type CliContext } from './context.js';

async function tail(context: CliContext, options: { fromStart?: boolean; json?: boolean }): Promise<void> {
  const { nats_url, client_account_id, engagement_id } = context.profile();
  if (!nats_url) throw new CodedError('CONFIGURATION_INVALID', 'The profile names no nats_url.');
  const connection = await connect({ servers: nats_url, name: 'lastcopy events tail' });
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

export function registerEvents(program: Command, context: CliContext): void {
  const events = program.command('events').description('the event stream');
  events
    .command('tail')
    .description("follow the tenant's events")
    .option('--from-start')
    .option('--json')
    .action((options) => tail(context, options as { fromStart?: boolean; json?: boolean }));
}
