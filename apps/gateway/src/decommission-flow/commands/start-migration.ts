import type { ArchiveJobOrder, FlowSystem, StreamToken } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import { approvalProblem } from '../../evidence/gates/approvals-granted.js';
import type { AssignmentRecord } from '../../records/assignment-record.js';

function refuseUnlessOpen({ flow }: FlowFacts): void {
  const refuse = (why: string) => {
    throw new CodedError('FLOW_STATE', `The migration of flow ${flow.flow_id} cannot start: ${why}`);
  };
  if (flow.cancelled) refuse('it was cancelled');
  if (flow.paused) refuse('it is paused; resume it first');
  if (flow.phase !== 'data_migration') refuse(`it is in ${flow.phase}`);
}

function refuseUnlessApproved(facts: FlowFacts): void {
  const blockers = (['data_owner', 'compliance'] as const).flatMap((role) => approvalProblem(facts, role) ?? []);
  if (blockers.length === 0) return;
  const listed = blockers.map(({ message }) => message).join(' ');
  throw new CodedError('APPROVALS_MISSING', `The migration of flow ${facts.flow.flow_id} cannot start. ${listed}`, {
    details: { blockers },
  });
}

const orderOf = (system: FlowSystem, assignment: AssignmentRecord): ArchiveJobOrder => ({
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

/** Orders one archive job a system, exactly as it was approved. Throws NOT_FOUND, FLOW_STATE, APPROVALS_MISSING, SERVICE_UNAVAILABLE. */
export async function startMigration(
  { reader, commands }: { reader: EvidenceReader; commands: CommandClient },
  context: CommandContext,
  flowId: string,
): Promise<{ job_ids: string[]; token: StreamToken | null }> {
  const reading = await reader.read(context.tenant, flowId);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
  const { facts } = reading;
  refuseUnlessOpen(facts);
  refuseUnlessApproved(facts);
  const jobs = facts.flow.systems.map((system) => orderOf(system, facts.assignments.get(system.system_id)!));
  const { command_id, tenant, actor } = context;
  const sent = await commands.send<{ job_ids: string[] }, 'archive-service'>(
    'archive-service',
    'StartMigration',
    { flow_id: flowId, jobs },
    { command_id, tenant, actor },
  );
  return { job_ids: sent.answer?.job_ids ?? [], token: sent.token };
}
