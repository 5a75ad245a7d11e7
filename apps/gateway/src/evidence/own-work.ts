import { ownWork, type FlowAct } from '../approval/domain/eligibility.js';
import type { ApprovalRecord } from '../records/approval-record.js';

/** In words, why a signature does not count any more: who gave it, or in whose place it was given, decided what it judges. Null when nothing is against it. */
export function ownWorkOf({ role, status, decided_by, signature }: ApprovalRecord, acts: readonly FlowAct[]): string | null {
  if (status !== 'granted' || decided_by === null) return null;
  const signers = [
    { user_id: decided_by, name: signature?.name ?? decided_by },
    ...(signature?.on_behalf_of ? [signature.on_behalf_of] : []),
  ];
  for (const { user_id, name } of signers) {
    const own = ownWork(role, user_id, acts);
    if (own) return `${name} ${own}, and nobody approves their own work`;
  }
  return null;
}
