import type { EventData, StreamToken, Tenant } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, serviceActor, type LoggedEvent } from '@lastcopy/eventing';
import type { ArtifactParts } from '../artifact-parts.js';
import { contentMark, settleLock } from '../content-rows.js';
import { artifact } from '../domain/artifact.js';
import { documentRetentionNow } from '../retention-of-documents.js';

const carriesContent = (event: LoggedEvent): boolean => event.type === 'ArtifactAttached' || event.type === 'ArtifactReplaced';

/** A content that was replaced or withdrawn keeps what it was promised; one that stands is kept as long as the archives of its flow. */
async function requiredUntil(parts: ArtifactParts, tenant: Tenant, attached: LoggedEvent, events: readonly LoggedEvent[]): Promise<string> {
  const { flow_id, retain_until } = attached.data as EventData<'ArtifactAttached'>;
  const last = events.findLast((event) => carriesContent(event) || event.type === 'ArtifactWithdrawn');
  const reading = last === attached ? await parts.reader.read(tenant, flow_id) : null;
  if (!reading) return retain_until;
  const times = { uploadedAt: new Date(attached.occurred_at), promised: new Date(retain_until) };
  return documentRetentionNow(reading.facts, parts.retentionDays, times).toISOString();
}

/** Protects a content that was attached until its retention ends, reads that back from the store and says so. Repeatable. Null when it is not attached. */
export async function lockContent(
  parts: ArtifactParts,
  tenant: Tenant,
  artifactId: string,
  contentId: string,
): Promise<StreamToken | null> {
  const { store, contents } = parts;
  // Read before the facts: what arrives after them asks for another look.
  const mark = await contentMark(store.within(tenant), contentId);
  const events = await store.readStream('artifact', artifactId, tenant);
  const attached = events
    .filter(carriesContent)
    .find((event) => (event.data as EventData<'ArtifactAttached'>).object.content_id === contentId);
  if (!attached) return null;
  const { artifact_id, flow_id, version, object } = attached.data as EventData<'ArtifactAttached'>;
  const retention = await contents.retain(object, await requiredUntil(parts, tenant, attached, events));
  const locked = { artifact_id, flow_id, version, ...retention };
  const context = {
    command_id: deterministicId('lock-artifact', artifact_id, version, retention.retain_until),
    tenant,
    actor: serviceActor('gateway'),
  };
  return store.transact(context, async (tx) => {
    const token = await decideAndAppend(tx, artifact, 'artifact', artifact_id, { type: 'LockArtifact', locked });
    await settleLock(tx.query.bind(tx), contentId, mark);
    return token;
  });
}
