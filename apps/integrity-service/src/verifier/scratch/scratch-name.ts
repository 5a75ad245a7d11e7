/**
 * Names of scratch databases say whose they are: the log's epoch tells one installation from another on the same server, and verification and claim
 * tell whether somebody still works on it. At most 63 characters, PostgreSQL's limit.
 */
const prefix = 'lastcopy_scratch_';

const short = (epoch: string): string => epoch.replaceAll('-', '').slice(0, 8);

export const scratchName = (epoch: string, verificationId: string, claimNo: number): string =>
  `${prefix}${short(epoch)}_${verificationId.replaceAll('-', '')}_${claimNo % 10_000}`;

/** For LIKE: all of this installation, or only those of one verification. */
export const scratchPattern = (epoch: string, verificationId?: string): string =>
  `${prefix}${short(epoch)}_${verificationId ? `${verificationId.replaceAll('-', '')}_` : ''}`.replaceAll('_', '\\_') + '%';

/** Undefined for a name that is not of this form. */
export function parseScratchName(name: string): { verificationId: string; claimNo: number } | undefined {
  const match = /^lastcopy_scratch_[0-9a-f]{8}_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_(\d{1,4})$/.exec(name);
  return match ? { verificationId: match.slice(1, 6).join('-'), claimNo: Number(match[6]) } : undefined;
}
