import type { IntegrityFailed, IntegrityVerified, RetentionVerified, VerificationRequested } from '@lastcopy/contracts';
import type { Event } from '@lastcopy/kernel';

export type VerificationEvent =
  | Event<'VerificationRequested', VerificationRequested>
  | Event<'IntegrityVerified', IntegrityVerified>
  | Event<'IntegrityFailed', IntegrityFailed>
  | Event<'RetentionVerified', RetentionVerified>;
