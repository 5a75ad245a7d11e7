import { ownWork, type FlowAct } from '../approval/domain/eligibility.js';
import type { ApprovalRecord } from '../records/approval-record.js';

/** In words, why a signature does not count any more: who gave it has since decided what it judges. Null when nothing is against it. */
export function ownWorkOf({ role, status, decided_by, signature }: ApprovalRecord, acts: readonly FlowAct[]): string | null {
  if (status !== 'granted' || decided_by === null) return null;
  const own = ownWork(role, decided_by, acts);
  return own && `${signature?.name ?? decided_by} ${own}, and nobody approves their own work`;
}
