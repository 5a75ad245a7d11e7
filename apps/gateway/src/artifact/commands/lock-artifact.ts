import type { EventData, StreamToken, Tenant } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, serviceActor, type LoggedEvent } from '@lastcopy/eventing';
import type { ArtifactParts } from '../artifact-parts.js';
import { markContent } from '../content-rows.js';
import { artifact } from '../domain/artifact.js';

const carriesContent = (event: LoggedEvent): boolean => event.type === 'ArtifactAttached' || event.type === 'ArtifactReplaced';

/** Protects a content that was attached until its retention ends, reads that back from the store and says so. Repeatable. Null when it is not attached. */
export async function lockContent(
  parts: ArtifactParts,
  tenant: Tenant,
  artifactId: string,
  contentId: string,
): Promise<StreamToken | null> {
  const { store, contents } = parts;
  const events = await store.readStream('artifact', artifactId);
  const attached = events
    .filter((event) => carriesContent(event) && event.client_account_id === tenant.client_account_id)
    .map((event) => event.data as EventData<'ArtifactAttached'>)
    .find(({ object }) => object.content_id === contentId);
  if (!attached) return null;
  const { artifact_id, flow_id, version } = attached;
  const retention = await contents.retain(attached.object, attached.retain_until);
  const locked = { artifact_id, flow_id, version, ...retention };
  const context = { command_id: deterministicId('lock-artifact', artifact_id, version), tenant, actor: serviceActor('gateway') };
  return store.transact(context, async (tx) => {
    const token = await decideAndAppend(tx, artifact, 'artifact', artifact_id, { type: 'LockArtifact', locked });
    await markContent(tx.query.bind(tx), contentId, 'locked');
    return token;
  });
}
