import type { NatsConnection } from '@nats-io/transport-node';
import { selfCheckSubject, serviceNames, type SelfCheck } from '@lastcopy/contracts';
import type { InvariantResult } from '@lastcopy/invariants';

/** Rebuilding every read model takes its time. */
const timeoutMs = 120_000;

interface SelfInvariant {
  name: string;
  promise: string;
  violations(check: SelfCheck): string[];
}

const invariants: SelfInvariant[] = [
  {
    name: 'nothing-parked',
    promise: 'No event was set aside, and no message was refused',
    violations: (check) => [
      ...check.parked_events.map((parked) => `${check.service}: ${parked}`),
      ...check.parked_messages.map((parked) => `${check.service}: ${parked}`),
    ],
  },
  {
    name: 'no-fork',
    promise: "Every copy of a log agrees with its owner's",
    violations: (check) => check.forks.map((fork) => `${check.service}: ${fork}`),
  },
  {
    name: 'projections-rebuildable',
    promise: 'A rebuilt read model equals the live one',
    violations: (check) =>
      check.projections.flatMap((projection) =>
        projection.differences.map((difference) => `${check.service}: ${projection.name}: ${difference}`),
      ),
  },
  {
    name: 'everything-arrives',
    promise: 'Every committed event reaches every other service and every subscription',
    violations: (check) => check.behind.map((late) => `${check.service}: ${late}`),
  },
];

/** Asks each service to check itself. A service that does not answer breaks every one of these promises. */
export async function runSelfChecks(nats: NatsConnection): Promise<InvariantResult[]> {
  const answers = await Promise.all(
    serviceNames.map(async (service) => {
      try {
        return { service, check: (await nats.request(selfCheckSubject(service), '', { timeout: timeoutMs })).json<SelfCheck>() };
      } catch {
        return { service, check: null };
      }
    }),
  );
  return invariants.map(({ name, promise, violations }) => ({
    name,
    promise,
    violations: answers
      .flatMap(({ service, check }) => (check ? violations(check) : [`${service} does not answer`]))
      .map((message) => ({ invariant: name, message })),
  }));
}
