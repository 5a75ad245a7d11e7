import { verificationLevels, type VerificationLevel } from '@lastcopy/contracts';

/** Whether proving `required` includes proving `level`. */
export const reaches = (required: VerificationLevel, level: VerificationLevel): boolean =>
  verificationLevels.indexOf(required) >= verificationLevels.indexOf(level);
