import type { Command } from 'commander';
import {
  noticeKinds,
  type NoticeKind,
  type WebhookDeliveryAnswer,
  type WebhookEndpointAnswer,
  type WebhookSecretAnswer,
} from '@lastcopy/contracts';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { collect, oneOf, segment, show, type JsonFlag } from './flags.js';

const root = '/webhook-endpoints';
const endpointPath = (id: string) => `${root}/${segment(id)}`;
const kindFlag = oneOf('--kind', noticeKinds);

const printSecret = (context: CliContext, { endpoint_id, url, secret }: WebhookSecretAnswer): void => {
  print(context, `${endpoint_id} posts to ${url}.`);
  print(context, `Secret: ${secret}\nKeep it where the receiver finds it: it is never shown again.`);
};

async function list(context: CliContext, flags: JsonFlag): Promise<void> {
  show(context, flags, await context.api().get<WebhookEndpointAnswer[]>(root), (endpoints) => {
    const rows = endpoints.map((endpoint) => [
      ...[endpoint.endpoint_id, endpoint.url, endpoint.enabled ? 'enabled' : `disabled: ${endpoint.disabled_reason ?? 'by hand'}`],
      ...[endpoint.failing_since, endpoint.kinds.join(', ') || 'all', endpoint.description],
    ]);
    print(context, table(['ENDPOINT', 'URL', 'STATUS', 'FAILING SINCE', 'KINDS', 'FOR'], rows));
  });
}

const deliveryRow = ({ delivery_id, kind, status, attempts, created_at, next_attempt_at, log }: WebhookDeliveryAnswer) => [
  ...[delivery_id, kind, status, attempts, created_at, next_attempt_at],
  log[0] ? (log[0].error ?? `HTTP ${log[0].status}`) : null,
];
const printDeliveries = (context: CliContext, deliveries: WebhookDeliveryAnswer[]): void =>
  print(context, table(['DELIVERY', 'KIND', 'STATUS', 'ATTEMPTS', 'MADE', 'NEXT', 'LAST ANSWER'], deliveries.map(deliveryRow)));

function registerEndpoints(webhooks: Command, context: CliContext): void {
  webhooks
    .command('add <url>')
    .description('have notices posted to a URL; prints the secret once')
    .requiredOption('--description <text>', 'what it is for')
    .option('--kind <kind>', `everything unless given; may be repeated: ${noticeKinds.join(', ')}`, collect)
    .option('--json')
    .action(async (url: string, flags: JsonFlag & { description: string; kind?: string[] }) => {
      const kinds: NoticeKind[] = (flags.kind ?? []).map(kindFlag);
      const made = await context.api().post<WebhookSecretAnswer>(root, { url, kinds, description: flags.description });
      show(context, flags, made, () => printSecret(context, made));
    });
  webhooks
    .command('rotate-secret <endpoint-id>')
    .description('make a new secret and print it once; the one before signs as well for a while')
    .option('--json')
    .action(async (id: string, flags: JsonFlag) => {
      const { version: ifMatch } = await context.api().get<WebhookEndpointAnswer>(endpointPath(id));
      const made = await context.api().post<WebhookSecretAnswer>(`${endpointPath(id)}/rotate-secret`, {}, { ifMatch });
      show(context, flags, made, () => printSecret(context, made));
    });
  webhooks
    .command('remove <endpoint-id>')
    .description('delete the endpoint and its log of deliveries')
    .option('--json')
    .action(async (id: string, flags: JsonFlag) => {
      const { version: ifMatch } = await context.api().get<WebhookEndpointAnswer>(endpointPath(id));
      const removed = await context.api().delete<WebhookEndpointAnswer>(endpointPath(id), { ifMatch });
      show(context, flags, removed, ({ url }) => print(context, `Nothing is posted to ${url} any more.`));
    });
}

export function registerWebhooks(program: Command, context: CliContext): void {
  const webhooks = program.command('webhooks').description('where notices are posted to');
  webhooks
    .command('list')
    .option('--json')
    .action((flags) => list(context, flags as JsonFlag));
  registerEndpoints(webhooks, context);
  webhooks
    .command('test <endpoint-id>')
    .description('send a test message; `deliveries` shows what came of it')
    .option('--json')
    .action(async (id: string, flags: JsonFlag) => {
      const delivery = await context.api().post<WebhookDeliveryAnswer>(`${endpointPath(id)}/test`);
      show(context, flags, delivery, () => printDeliveries(context, [delivery]));
    });
  webhooks
    .command('deliveries <endpoint-id>')
    .option('--json')
    .action(async (id: string, flags: JsonFlag) => {
      const deliveries = await context.api().all<WebhookDeliveryAnswer>(`${endpointPath(id)}/deliveries`);
      show(context, flags, deliveries, () => printDeliveries(context, deliveries));
    });
  webhooks
    .command('redeliver <delivery-id>')
    .description('send a delivery again, under the same webhook-id')
    .option('--json')
    .action(async (id: string, flags: JsonFlag) => {
      const delivery = await context.api().post<WebhookDeliveryAnswer>(`/webhook-deliveries/${segment(id)}/redeliver`);
      show(context, flags, delivery, () => printDeliveries(context, [delivery]));
    });
}
