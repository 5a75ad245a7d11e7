import { deterministicId, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import type { Gateway } from '../../gateway.js';
import type { NoticeFacts } from '../domain/notice.js';
import { noticedTypes, noticesOf } from '../domain/notices-of.js';
import { keepNotice } from '../keep-notice.js';
import { noticeFacts } from '../notice-facts.js';

const idNames = ['approval_id', 'job_id', 'verification_id', 'system_id', 'hold_id', 'alert_id', 'suggestion_id'];

function idsIn(data: object): Record<string, string> {
  const { scope, ...rest } = data as Record<string, unknown>;
  const from: Record<string, unknown> = { ...(typeof scope === 'object' ? scope : {}), ...rest };
  return Object.fromEntries(idNames.flatMap((name) => (typeof from[name] === 'string' ? [[name, from[name]]] : [])));
}

/**
 * Several archives may be complete when the first of their events is looked at: what is missing is told once for these archives. Other ones,
 * or a document that was withdrawn, make it another lack, even of the same documents.
 */
const originOf = ({ event_id, flow_id }: LoggedEvent, { missingDocuments, missingBecause }: NoticeFacts): string =>
  missingDocuments.length > 0
    ? deterministicId('documents-missing', flow_id, ...missingDocuments.map(({ kind }) => kind).sort(), ...missingBecause)
    : event_id;

/** Notes who is to be told of an event; sending goes on beside the log. What happened before there were notifications is told to nobody. */
export const tellPeople = (gateway: Gateway): Reactor => {
  let startedAt: Promise<Date> | undefined;
  return {
    kind: 'reactor',
    name: 'tell_people',
    types: noticedTypes,
    async react(event: LoggedEvent) {
      const { store } = gateway.deps.eventing;
      startedAt ??= store.untenanted<{ at: Date }>('select at from notification_start').then(([row]) => row!.at);
      const started = await startedAt.catch((error: unknown) => {
        startedAt = undefined;
        throw error;
      });
      if (Date.parse(event.occurred_at) < started.getTime()) return;
      const { client_account_id, engagement_id, occurred_at } = event;
      const tenant = { client_account_id, engagement_id };
      const query = store.within(tenant);
      const facts = await noticeFacts(query, gateway.reader, event);
      const notices = noticesOf(event, facts);
      const origin = { tenant, event_id: originOf(event, facts), flow_id: event.flow_id, ids: idsIn(event.data), occurred_at };
      for (const notice of notices) await keepNotice({ ...gateway.notifications.keeping, query }, origin, notice);
    },
  };
};
