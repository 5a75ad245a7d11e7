import type { ArchiveJobOrder, FlowSystem, StreamToken } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import { presentSystems } from '../../evidence/present-systems.js';
import type { AssignmentRecord } from '../../records/assignment-record.js';
import { refuseArchiving } from './refuse-archiving.js';

/** A system's job exactly as it was approved. */
export const orderOf = (system: FlowSystem, assignment: AssignmentRecord): ArchiveJobOrder => ({
  system_id: system.system_id,
  system_name: system.system_name,
  source: system.source,
  policy_id: assignment.policy_id,
  policy_version: assignment.policy_version,
  retention_period_days: assignment.retention_period_days,
  minima: assignment.minima,
  verification_level: assignment.verification_level,
  storage_location: assignment.storage_location,
});

/** Orders one archive job a system, exactly as it was approved. Throws NOT_FOUND, FLOW_STATE, FLOW_SEALED, APPROVALS_MISSING, SERVICE_UNAVAILABLE. */
export async function startMigration(
  { reader, commands }: { reader: EvidenceReader; commands: CommandClient },
  context: CommandContext,
  flowId: string,
): Promise<{ job_ids: string[]; token: StreamToken | null }> {
  const reading = await reader.read(context.tenant, flowId);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
  const { facts } = reading;
  refuseArchiving(facts, 'The migration');
  const jobs = presentSystems(facts).map((system) => orderOf(system, facts.assignments.get(system.system_id)!));
  const { command_id, tenant, actor } = context;
  const sent = await commands.send<{ job_ids: string[] }, 'archive-service'>(
    'archive-service',
    'StartMigration',
    { flow_id: flowId, jobs },
    { command_id, tenant, actor },
  );
  return { job_ids: sent.answer?.job_ids ?? [], token: sent.token };
}
