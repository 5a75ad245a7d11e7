import type { Notice } from './domain/notice.js';
import type { NoticeOrigin } from './keep-notice.js';

/** A CloudEvents 1.0 envelope in JSON. The path of the link is relative to the gateway's address. */
export function webhookBody(noticeId: string, { tenant, flow_id, ids, occurred_at, event_id }: NoticeOrigin, notice: Notice): string {
  const { kind, urgency, subject, text, whatToDo, link } = notice;
  return JSON.stringify({
    ...{ specversion: '1.0', id: noticeId, source: '/lastcopy/gateway', type: `lastcopy.notification.${kind}`, time: occurred_at },
    datacontenttype: 'application/json',
    data: { kind, urgency, subject, text, what_to_do: whatToDo, link, ...tenant, flow_id, event_id, ...ids },
  });
}
