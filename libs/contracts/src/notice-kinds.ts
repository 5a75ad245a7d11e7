/** What people are told of. The names stand in preferences and in webhooks: they never change. */
export const noticeKinds = [
  'approval_requested',
  'approval_due_soon',
  'approval_overdue',
  'approval_delegated',
  'approval_voided',
  'approval_expired',
  'approval_decided',
  'approval_commented',
  'verification_failed',
  'integrity_alert',
  'shutdown_objection',
  'job_failed',
  'gate_passed',
  'gate_abandoned',
  'documents_missing',
  'legal_hold_placed',
  'legal_hold_released',
  'classification_suggested',
  'webhook_disabled',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const mailModes = ['immediate', 'digest', 'off'] as const;
export type MailMode = (typeof mailModes)[number];

/** `urgent`: data may be at risk. `decide`: somebody waits for a decision. `act`: something has to be done. `know`: good to know. */
export const noticeUrgencies = ['urgent', 'decide', 'act', 'know'] as const;
export type NoticeUrgency = (typeof noticeUrgencies)[number];

export const deliveryStatuses = ['pending', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];
