import type { Tenant } from '@lastcopy/contracts';
import { artifactRules } from '../artifact/domain/artifact-rules.js';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import { jobsCompleted } from '../evidence/gates/jobs-completed.js';
import type { NoticeFacts } from './domain/notice.js';

/** Documents that people still owe a flow whose archives are all there: from here on only they and approvals keep it from its gate. */
export async function missingDocuments(reader: EvidenceReader, tenant: Tenant, flowId: string): Promise<NoticeFacts['missingDocuments']> {
  const reading = await reader.read(tenant, flowId);
  if (!reading || jobsCompleted(reading.facts).length > 0) return [];
  const { requirements, artifacts } = reading.facts;
  return requirements.flatMap(({ kind, required }) => {
    const stands = artifacts.some((artifact) => artifact.kind === kind && artifact.status === 'attached');
    const { title, attachedBy, howToGet } = artifactRules[kind];
    return required && !stands && attachedBy.length > 0 ? [{ kind, title, attachedBy, howToGet }] : [];
  });
}
