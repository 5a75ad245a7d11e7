import type { Subscription as BusSubscription } from '@nats-io/transport-node';
import { parseAs, UnparkRequest, unparkSubject, type UnparkAnswer } from '@lastcopy/contracts';
import { isRequestOn } from '@lastcopy/eventing';
import type { ServiceDeps } from './service-deps.js';

/** Answers `lastcopy.queries.<service>.Unpark`: an operator has mended the cause, and the events are taken up again. */
export function answerUnpark(deps: ServiceDeps): BusSubscription {
  return deps.nats.subscribe(unparkSubject(deps.service), {
    queue: deps.service,
    callback: (_error, message) => {
      if (!isRequestOn(message, unparkSubject(deps.service))) return;
      void unpark(deps, () => message.json()).then((answer) => {
        deps.logger.warn({ ...answer }, 'parked events were taken up again');
        message.respond(JSON.stringify(answer));
      });
    },
  });
}

async function unpark(deps: ServiceDeps, read: () => unknown): Promise<UnparkAnswer> {
  try {
    const { subscription, stream_id } = parseAs(UnparkRequest, read());
    const { applied, remaining, error } = await deps.eventing.subscriptions.unpark(subscription, stream_id);
    return { applied, remaining, error: error ? (error as Error).message : null };
  } catch (error) {
    return { applied: 0, remaining: 0, error: (error as Error).message };
  }
}
