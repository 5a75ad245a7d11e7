import type { ArtifactKind, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, type CommandContext, type ServiceTransaction } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import type { ArtifactParts } from '../artifact-parts.js';
import { attachContent } from '../content-rows.js';
import { artifact, type ArtifactActor, type ArtifactFlow } from '../domain/artifact.js';
import { documentRetention } from '../retention-of-documents.js';
import { discardContent, type StoredUpload } from './store-upload.js';

export const actorOf = ({ actor }: CommandContext): ArtifactActor => ({
  ...{ user_id: actor.user_id, name: actor.name, roles: actor.roles },
  ...{ service_account: actor.service_account === true, product: actor.user_id === 'service:gateway' },
});

/** The flow as it is under the lock of the log: no gate is decided between this look and what is appended on it. */
export async function factsNow({ reader }: ArtifactParts, tx: ServiceTransaction, flowId: string): Promise<FlowFacts> {
  const reading = await reader.readIn(tx.query.bind(tx), tx.context.tenant, flowId);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
  return reading.facts;
}

export const flowOf = ({ flow }: Pick<FlowFacts, 'flow'>): ArtifactFlow => ({
  ...{ flow_id: flow.flow_id, cancelled: flow.cancelled, proposed: flow.proposed },
  transitioned: flow.phase === 'system_shutdown',
});

export interface Described {
  title: string | null;
  comment: string | null;
  basis_sha256?: string;
}

const contentOf = (upload: StoredUpload, described: Described) => {
  const { place, filename, media_type, size_bytes, sha256, object } = upload;
  return { artifact_id: place.artifact_id, flow_id: place.flow_id, filename, media_type, size_bytes, sha256, object, ...described };
};

/** What was asked for, for the comparison with a repeated request. The random parts of an upload are left out. */
const requestOf = ({ filename, media_type, size_bytes, sha256 }: StoredUpload, rest: object) => ({
  ...{ filename, media_type, size_bytes, sha256 },
  ...rest,
});

/** Runs `append` with the upload; when it fails, or was carried out by an earlier request, the upload is removed again. */
async function withUpload(
  parts: ArtifactParts,
  context: CommandContext,
  name: string,
  upload: StoredUpload,
  request: object,
  append: (tx: ServiceTransaction) => Promise<StreamToken>,
): Promise<StreamToken> {
  let kept = false;
  try {
    const token = await parts.store.execute(context, name, requestOf(upload, request), async (tx) => {
      kept = false;
      const answer = await append(tx);
      await attachContent(tx.query.bind(tx), upload.object.content_id);
      kept = true;
      return answer;
    });
    if (!kept) await discardContent(parts, upload.place);
    return token;
  } catch (error) {
    // The row says whether the transaction came through after all: what is attached is never removed.
    await discardContent(parts, upload.place).catch(() => undefined);
    throw error;
  }
}

/** Throws ARTIFACT_NOT_ALLOWED, FLOW_STATE, FLOW_SEALED, NOT_FOUND, IDEMPOTENCY_KEY_REUSED. */
export function attachArtifact(
  parts: ArtifactParts,
  context: CommandContext,
  kind: ArtifactKind,
  upload: StoredUpload,
  described: Described,
): Promise<StreamToken> {
  const { flow_id, artifact_id } = upload.place;
  return withUpload(parts, context, 'AttachArtifact', upload, { flow_id, kind, ...described }, async (tx) => {
    const facts = await factsNow(parts, tx, flow_id);
    const retain_until = documentRetention(facts, parts.retentionDays, parts.clock.now()).toISOString();
    const content = { ...contentOf(upload, described), kind, retain_until };
    const command = { type: 'AttachArtifact' as const, content, actor: actorOf(context), flow: flowOf(facts) };
    return decideAndAppend(tx, artifact, 'artifact', artifact_id, command);
  });
}

/** Throws what `attachArtifact` throws; ARTIFACT_STATE for the same content again. */
export function replaceArtifact(
  parts: ArtifactParts,
  context: CommandContext,
  upload: StoredUpload,
  { reason, ...described }: Described & { reason: string },
): Promise<StreamToken> {
  const { flow_id, artifact_id } = upload.place;
  return withUpload(parts, context, 'ReplaceArtifact', upload, { artifact_id, reason, ...described }, async (tx) => {
    const facts = await factsNow(parts, tx, flow_id);
    const retain_until = documentRetention(facts, parts.retentionDays, parts.clock.now()).toISOString();
    const content = { ...contentOf(upload, described), retain_until };
    const command = { type: 'ReplaceArtifact' as const, content, reason, actor: actorOf(context), flow: flowOf(facts) };
    return decideAndAppend(tx, artifact, 'artifact', artifact_id, command);
  });
}

/** The content stays where it is, under its retention; it counts no more. */
export function withdrawArtifact(
  parts: ArtifactParts,
  context: CommandContext,
  { artifact_id, flow_id, reason }: { artifact_id: string; flow_id: string; reason: string },
): Promise<StreamToken> {
  return parts.store.execute(context, 'WithdrawArtifact', { artifact_id, reason }, async (tx) => {
    const flow = flowOf(await factsNow(parts, tx, flow_id));
    const command = { type: 'WithdrawArtifact' as const, reason, actor: actorOf(context), flow };
    return decideAndAppend(tx, artifact, 'artifact', artifact_id, command);
  });
}
