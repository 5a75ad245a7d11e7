import type { Command } from 'commander';
import type { NotificationAnswer, NotificationCountAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { withQuery } from '../api-client.js';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { segment, show, type JsonFlag } from './flags.js';

async function list(context: CliContext, flags: JsonFlag & { unread?: boolean }): Promise<void> {
  const notices = await context.api().all<NotificationAnswer>(withQuery('/notifications', { unread: flags.unread }));
  show(context, flags, notices, () => {
    const rows = notices.map((notice) => [
      ...[
        notice.notification_id,
        notice.occurred_at,
        notice.urgency,
        notice.read_at ? 'read' : 'unread',
        notice.subject,
        notice.what_to_do,
      ],
    ]);
    print(context, table(['NOTIFICATION', 'AT', 'URGENCY', 'READ', 'WHAT', 'TO DO'], rows));
  });
}

async function read(context: CliContext, id: string | undefined, flags: JsonFlag & { all?: boolean }): Promise<void> {
  if ((id === undefined) === !flags.all) throw new CodedError('VALIDATION_FAILED', 'Name a notification, or --all.');
  const path = id === undefined ? '/notifications/read-all' : `/notifications/${segment(id)}/read`;
  show(context, flags, await context.api().post<NotificationCountAnswer>(path), ({ unread, urgent }) =>
    print(context, `${unread} unread, ${urgent} of them urgent.`),
  );
}

export function registerNotifications(program: Command, context: CliContext): void {
  const notifications = program.command('notifications').description('what you are told');
  notifications
    .command('list')
    .option('--unread')
    .option('--json')
    .action((flags) => list(context, flags as JsonFlag & { unread?: boolean }));
  notifications
    .command('read [notification-id]')
    .description('mark as read')
    .option('--all')
    .option('--json')
    .action((id: string | undefined, flags) => read(context, id, flags as JsonFlag & { all?: boolean }));
}
