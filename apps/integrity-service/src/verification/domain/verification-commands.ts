import type { IntegrityFailed, IntegrityVerified, RetentionVerified, VerificationRequested } from '@lastcopy/contracts';

export type VerificationCommand =
  | { readonly type: 'Request'; readonly request: VerificationRequested }
  | { readonly type: 'RecordVerified'; readonly verified: IntegrityVerified }
  | { readonly type: 'RecordFailed'; readonly failed: IntegrityFailed }
  /** The store holds the retention that the archive-service set. */
  | { readonly type: 'RecordRetention'; readonly retention: RetentionVerified }
  /** The store does not hold it, though the content was proven. */
  | { readonly type: 'RefuteRetention'; readonly failed: IntegrityFailed };
