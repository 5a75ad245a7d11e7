import { aggregateOwners, type AggregateName } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

export const ownership = collecting(
  'only-owners-append',
  'Only the service that owns an aggregate appends to it; only integrity-service attests',
  () => ({
    observe(event, violate) {
      const owner = aggregateOwners[event.aggregate as AggregateName];
      if (owner !== event.source) violate(`${event.source} appended ${event.type} to ${event.stream_id}, which ${owner ?? 'nobody'} owns`);
    },
  }),
);
