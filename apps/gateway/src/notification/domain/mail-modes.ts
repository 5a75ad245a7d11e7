import type { MailMode, NoticeKind } from '@lastcopy/contracts';

const immediate: readonly NoticeKind[] = [
  'approval_requested',
  'approval_due_soon',
  'approval_overdue',
  'approval_delegated',
  'verification_failed',
  'integrity_alert',
  'shutdown_objection',
  'webhook_disabled',
];
/** What an operator must hear of, if only in the digest: an archive that is not what it must be is nobody else's to notice. */
const neverOff: readonly NoticeKind[] = ['verification_failed', 'integrity_alert', 'shutdown_objection'];

/** Mine to decide and integrity at once; the rest once a day. */
export const defaultMode = (kind: NoticeKind): MailMode => (immediate.includes(kind) ? 'immediate' : 'digest');

export const canBeOff = (kind: NoticeKind, roles: readonly string[]): boolean => !(neverOff.includes(kind) && roles.includes('operator'));

/** How somebody is mailed. A choice made in another role does not silence what the present one must hear. */
export function mailMode(kind: NoticeKind, roles: readonly string[], chosen: MailMode | undefined): MailMode {
  const mode = chosen ?? defaultMode(kind);
  return mode === 'off' && !canBeOff(kind, roles) ? 'digest' : mode;
}

/** Even an old event of these is mailed: the gateway may have been down when it happened. */
export const mailedHoweverOld = (kind: NoticeKind): boolean => neverOff.includes(kind);
