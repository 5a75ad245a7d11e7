import { collecting } from '../invariant.js';

export const tenantScope = collecting('tenant-scope', 'A stream and a flow belong to one tenant', () => {
  const owner = new Map<string, string>();
  return {
    observe(event, violate) {
      const tenant = `${event.client_account_id}/${event.engagement_id}`;
      for (const key of [event.stream_id, ...(event.flow_id ? [`flow ${event.flow_id}`] : [])]) {
        const known = owner.get(key);
        if (known && known !== tenant) violate(`${key} of ${known} has an event of ${tenant}: ${event.source} position ${event.position}`);
        owner.set(key, known ?? tenant);
      }
    },
  };
});
