import type { EventType } from '@lastcopy/contracts';
import { contextFromEvent, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import type { ServiceDeps } from '@lastcopy/platform';
import { askForDocument } from '../documents-due.js';

const name = 'ask_for_documents';

/** What the report on the archives states may be another one after these. */
const reportTypes: readonly EventType[] = ['ArchiveJobCompleted', 'ArchiveJobCancelled', 'IntegrityVerified', 'RetentionVerified'];

function wanted(event: LoggedEvent): 'archive_verification_report' | 'migration_completion_certificate' | null {
  if (event.type !== 'PhaseTransitioned') return 'archive_verification_report';
  const { to_phase } = event.data as { to_phase: string };
  return to_phase === 'system_shutdown' ? 'migration_completion_certificate' : null;
}

/** Notes that a document of the product is due; it is made beside the log, since it takes the object store. */
export const askForDocuments = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: [...reportTypes, 'PhaseTransitioned'],
  async react(event) {
    const kind = wanted(event);
    const flowId = event.flow_id;
    if (!kind || !flowId) return;
    const context = contextFromEvent(event, 'gateway', name);
    await askForDocument(deps.eventing.store.within(context.tenant), context.tenant, flowId, kind);
  },
});
