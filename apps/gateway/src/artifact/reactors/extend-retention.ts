import { contextFromEvent, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { reopenContents } from '../content-rows.js';

const name = 'extend_document_retention';

/** An archive that is kept longer than its documents would outlast its proof: they are looked at again, beside the log. */
export const extendRetention = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['PolicyAssigned', 'RetentionVerified', 'ArchiveJobCompleted'],
  async react(event) {
    if (!event.flow_id) return;
    const { tenant } = contextFromEvent(event, 'gateway', name);
    await reopenContents(deps.eventing.store.within(tenant), event.flow_id);
  },
});
