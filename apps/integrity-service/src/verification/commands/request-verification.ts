import { streamId, verificationId, type RequestVerification } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore, type ServiceTransaction } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import { verificationDecider } from '../domain/verification.js';
import { isTransitioned } from '../projections/received-facts.js';
import { latestVerification } from '../projections/verification-queue.js';

export interface RequestedVerification {
  verification_id: string;
  attempt: number;
  run: number;
}

async function request(tx: ServiceTransaction, command: RequestVerification): Promise<CommandAnswer<RequestedVerification>> {
  const latest = await latestVerification(tx, command.job_id);
  if (!latest) throw new DomainError('NOT_FOUND', `Archive job ${command.job_id} has no uploaded archive to verify`);
  const { attempt, flow_id } = latest.request;
  const run = latest.state === 'open' ? latest.run : latest.run + 1;
  const verification_id = latest.state === 'open' ? latest.request.verification_id : verificationId(command.job_id, attempt, run);
  const token = await decideAndAppend(
    tx,
    verificationDecider,
    'verification',
    verification_id,
    { type: 'Request', request: { ...latest.request, verification_id, reason: command.reason } },
    { sealExempt: await isTransitioned((sql, parameters) => tx.query(sql, parameters), flow_id) },
  );
  return { ...token, stream_id: streamId('verification', verification_id), answer: { verification_id, attempt, run } };
}

/** Proves the winner of a job again, completed or not. While a run is under way it answers that one. */
export const requestVerification = (
  store: EventStore,
  command: RequestVerification,
  context: CommandContext,
): Promise<CommandAnswer<RequestedVerification>> => store.execute(context, 'RequestVerification', command, (tx) => request(tx, command));
