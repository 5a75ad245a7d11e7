import type { ArchiveJobFailed } from '@lastcopy/contracts';
import { deterministicId, type ServiceTransaction } from '@lastcopy/eventing';

/** Appends the alert about a failed job in the transaction of the failure itself: a crash leaves both or none. Once for an attempt and code. */
export async function alertOnFailure(
  tx: ServiceTransaction,
  failed: Pick<ArchiveJobFailed, 'code' | 'message' | 'hint' | 'job_id' | 'flow_id' | 'attempt'>,
): Promise<void> {
  const { code, message, hint: what_to_do, job_id, flow_id, attempt } = failed;
  const { client_account_id, engagement_id } = tx.context.tenant;
  const key = JSON.stringify([code, job_id, attempt]);
  const alert_id = deterministicId('alert', 'archive-service', client_account_id, engagement_id, key);
  const { version } = await tx.load('archive_alert', alert_id);
  if (version > 0) return;
  const data = { alert_id, severity: 'high', code, message, what_to_do, flow_id, job_id };
  await tx.append('archive_alert', alert_id, 0, [{ type: 'AlertRaised', data }], { sealExempt: true });
}
