import type { EventData, Tenant } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { artifactRules } from '../artifact/domain/artifact-rules.js';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { winningJobOf } from '../evidence/gate-check.js';
import { jobsCompleted } from '../evidence/gates/jobs-completed.js';
import type { NoticeFacts } from './domain/notice.js';

type Missing = Pick<NoticeFacts, 'missingDocuments' | 'missingBecause'>;
const nothing: Missing = { missingDocuments: [], missingBecause: [] };

const documentsOf = ({ requirements, artifacts }: FlowFacts): NoticeFacts['missingDocuments'] =>
  requirements.flatMap(({ kind, required }) => {
    const stands = artifacts.some((artifact) => artifact.kind === kind && artifact.status === 'attached');
    const { title, attachedBy, howToGet } = artifactRules[kind];
    return required && !stands && attachedBy.length > 0 ? [{ kind, title, attachedBy, howToGet }] : [];
  });

const archivesOf = (facts: FlowFacts): string[] =>
  facts.flow.systems
    .map((system) => winningJobOf(facts, system))
    .flatMap((job) => (job ? [`${job.job_id} ${job.attempt} ${job.uploaded?.manifest_sha256 ?? ''}`] : []))
    .sort();

/**
 * Documents that people still owe a flow whose archives are all there: from here on only they and approvals keep it from its gate. Asked when
 * an archive is complete, and when a document is withdrawn, which may have been one of them.
 */
export async function missingDocuments(reader: EvidenceReader, tenant: Tenant, event: LoggedEvent): Promise<Missing> {
  const asked = event.type === 'ArchiveJobCompleted' || event.type === 'ArtifactWithdrawn';
  const reading = asked && event.flow_id ? await reader.read(tenant, event.flow_id) : null;
  if (!reading || jobsCompleted(reading.facts).length > 0) return nothing;
  const { facts } = reading;
  const missing = documentsOf(facts);
  if (event.type === 'ArchiveJobCompleted') return { missingDocuments: missing, missingBecause: archivesOf(facts) };
  const { artifact_id } = event.data as EventData<'ArtifactWithdrawn'>;
  const withdrawn = facts.artifacts.find((artifact) => artifact.artifact_id === artifact_id)?.kind;
  return { missingDocuments: missing.filter(({ kind }) => kind === withdrawn), missingBecause: [event.event_id] };
}
