import type { EventData } from '@lastcopy/contracts';
import { raiseAlert } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import type { ArtifactParts } from '../artifact-parts.js';
import { noteLockFailure, type ContentRow } from '../content-rows.js';

/** What waits for its turn, and no fault of the store. */
const passing: readonly string[] = ['FLOW_SEALED', 'SERVICE_UNAVAILABLE'];

/** Raises an alert, once, when the store has refused for `afterMs` to protect a content. It is answered when the content is locked. */
export async function tellOfUnprotected(
  { store }: Pick<ArtifactParts, 'store'>,
  { tenant, artifact_id, content_id, flow_id }: ContentRow,
  error: unknown,
  afterMs: number,
): Promise<void> {
  if (isCodedError(error) && passing.includes(error.code)) return;
  const failure = await noteLockFailure(store.query, content_id);
  if (!failure || failure.failingMs < afterMs) return;
  const events = await store.readStream('artifact', artifact_id, tenant);
  const contents = events.map(({ data }) => data as Partial<EventData<'ArtifactAttached'>>);
  const content = contents.find(({ object }) => object?.content_id === content_id);
  const since = failure.since.toISOString();
  const why = isCodedError(error) ? `${error.code}: ${error.message}` : 'the attempt failed in a way that it should not; see the log';
  await raiseAlert(store, tenant, {
    severity: 'high',
    code: 'ARTIFACT_UNPROTECTED',
    message: `The store has not protected document "${content?.filename ?? content_id}" (${artifact_id}) since ${since}: ${why}`,
    what_to_do:
      'Check the object store, its credentials and that the bucket of the documents has Object Lock. It is tried again every few seconds.',
    ...{ flow_id, artifact_id, key: `unprotected ${content_id} ${since}` },
  });
}
