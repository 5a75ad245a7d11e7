import type { StreamToken, SupersededArchive } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import { presentSystems } from '../../evidence/present-systems.js';
import { winningRetention, type JobRecord } from '../../records/job-record.js';
import { refuseArchiving } from './refuse-archiving.js';
import { orderOf } from './start-migration.js';

/** What becomes of the archive that a new attempt is to replace; null when nothing was uploaded. */
export function supersededBy(job: JobRecord): SupersededArchive | null {
  if (!job.uploaded) return null;
  const retain_until = winningRetention(job)?.retain_until ?? job.retain_until;
  const { attempt, location } = job.uploaded;
  const statement = retain_until
    ? `The archive of attempt ${attempt} is locked until ${retain_until} and stays where it is: it cannot be deleted before, and it no longer counts.`
    : `The archive of attempt ${attempt} was not locked; it is removed once another one has won.`;
  return { attempt, location, retain_until: retain_until ?? null, statement };
}

/** Makes a system's archive again under what is approved now. Throws NOT_FOUND, JOB_STATE, and what `refuseArchiving` throws. */
export async function rearchive(
  { reader, commands }: { reader: EvidenceReader; commands: CommandClient },
  { command_id, tenant, actor }: CommandContext,
  { flow_id, job_id }: JobRecord,
  reason: string,
): Promise<StreamToken | null> {
  const reading = await reader.read(tenant, flow_id);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flow_id}`);
  const { facts } = reading;
  refuseArchiving(facts, `Archiving job ${job_id} again`);
  const systemId = facts.jobs.find((job) => job.job_id === job_id)?.queued?.system_id;
  const system = presentSystems(facts).find(({ system_id }) => system_id === systemId);
  const assignment = system && facts.assignments.get(system.system_id);
  if (!system || !assignment) throw new CodedError('NOT_FOUND', `Job ${job_id} is of no system of flow ${flow_id}`);
  const data = { flow_id, order: orderOf(system, assignment), reason };
  return (await commands.send('archive-service', 'RearchiveSystem', data, { command_id, tenant, actor })).token;
}
