import { Readable } from 'node:stream';
import { canonicalJson, deterministicId, serviceActor, type CommandContext } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import type { ArtifactParts } from '../artifact-parts.js';
import { dueDocuments, postponeDocument, settleDocument, type DueDocument } from '../documents-due.js';
import { productDocument, type ProductDocument } from '../product-documents.js';
import { attachArtifact, replaceArtifact } from './change-artifact.js';
import { storeUpload } from './store-upload.js';

/** Documents of the product are bounded by the number of systems of a flow. */
const mostBytes = 64 * 1024 * 1024;
const replacedBecause = 'The facts that it states have changed';

const titles = {
  archive_verification_report: 'Archive verification report',
  migration_completion_certificate: 'Migration completion certificate',
} as const;

async function attachDocument(
  parts: ArtifactParts,
  { flow_id, kind, tenant }: DueDocument,
  document: ProductDocument,
  signal: AbortSignal,
): Promise<void> {
  const artifact_id = deterministicId('product-document', flow_id, kind);
  const { basis_sha256, filename } = document;
  const standing = (await parts.reader.read(tenant, flow_id))?.facts.artifacts.find((each) => each.artifact_id === artifact_id);
  if (standing?.current.basis_sha256 === basis_sha256 && standing.status === 'attached') return;
  const command_id = deterministicId('product-document', artifact_id, basis_sha256, standing?.current.version ?? 0);
  const context: CommandContext = { command_id, tenant, actor: serviceActor('gateway') };
  const content = Readable.from([Buffer.from(`${canonicalJson(document.content)}\n`)], { objectMode: false });
  const target = { tenant, flow_id, artifact_id, maxBytes: mostBytes, signal };
  const upload = await storeUpload(parts, target, { filename, mediaType: 'application/json', content });
  const described = { title: titles[kind as keyof typeof titles], comment: null, basis_sha256 };
  if (!standing) await attachArtifact(parts, context, kind, upload, described);
  else await replaceArtifact(parts, context, upload, { ...described, reason: replacedBecause });
}

/** A flow that is over, or at the gate, takes no document now; at the gate it is tried again. */
const settled = (error: unknown): boolean => isCodedError(error) && ['FLOW_STATE', 'NOT_FOUND'].includes(error.code);

/** Makes what is due, or finds that it stands already. Repeatable; what cannot be made stays due. */
export async function makeDueDocuments(parts: ArtifactParts, signal: AbortSignal): Promise<void> {
  const { query } = parts.store;
  let failure: unknown;
  for (const due of await dueDocuments(query)) {
    if (signal.aborted) return;
    try {
      const reading = await parts.reader.read(due.tenant, due.flow_id);
      const document = reading && productDocument(due.kind, reading.facts);
      if (document) await attachDocument(parts, due, document, signal);
      await settleDocument(query, due);
    } catch (error) {
      if (settled(error)) await settleDocument(query, due);
      else {
        await postponeDocument(query, due);
        failure ??= error;
      }
    }
  }
  if (failure) throw failure as Error;
}
