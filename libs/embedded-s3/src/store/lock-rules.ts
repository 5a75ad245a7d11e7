import { S3Error } from '../s3-error.js';

export type LockMode = 'COMPLIANCE' | 'GOVERNANCE';

export interface Retention {
  readonly mode: LockMode;
  readonly untilMs: number;
}

/** What protects one version. */
export interface Protection {
  readonly retention?: Retention;
  readonly legalHold: boolean;
}

const denied = (why: string): S3Error => new S3Error('AccessDenied', `Access Denied because object protected by object lock: ${why}.`);

const inForce = (retention: Retention | undefined, nowMs: number): retention is Retention =>
  retention !== undefined && retention.untilMs > nowMs;

/** Throws AccessDenied while a legal hold stands or a retention runs; the bypass opens GOVERNANCE alone. */
export const requireDeletable = (protection: Protection, nowMs: number, bypassGovernance: boolean): void => {
  if (protection.legalHold) throw denied('it is under legal hold');
  if (!inForce(protection.retention, nowMs)) return;
  const { mode, untilMs } = protection.retention;
  if (mode === 'GOVERNANCE' && bypassGovernance) return;
  throw denied(`${mode} retention runs until ${new Date(untilMs).toISOString()}`);
};

/**
 * Throws AccessDenied when `wanted` would weaken a retention that runs: COMPLIANCE can only be lengthened, GOVERNANCE is weakened
 * only with the bypass. `undefined` asks for its removal.
 */
export const requireRetentionChange = (
  current: Retention | undefined,
  wanted: Retention | undefined,
  nowMs: number,
  bypassGovernance: boolean,
): void => {
  if (!inForce(current, nowMs)) return;
  const tightens =
    wanted !== undefined && wanted.untilMs >= current.untilMs && (current.mode === 'GOVERNANCE' || wanted.mode === 'COMPLIANCE');
  if (tightens || (current.mode === 'GOVERNANCE' && bypassGovernance)) return;
  throw denied(`${current.mode} retention until ${new Date(current.untilMs).toISOString()} cannot be shortened or removed`);
};

/** A mode and a date as headers or XML give them. Throws InvalidArgument when either is missing, unknown or not in the future. */
export const parseRetention = (mode: string | undefined, until: string | undefined, nowMs: number): Retention => {
  if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE')
    throw new S3Error('InvalidArgument', 'The retention mode must be COMPLIANCE or GOVERNANCE.');
  const untilMs = until !== undefined && /^\d{4}-\d\d-\d\dT/.test(until) ? Date.parse(until) : Number.NaN;
  if (Number.isNaN(untilMs)) throw new S3Error('InvalidArgument', 'The retain until date must be given in ISO 8601 format.');
  if (untilMs <= nowMs) throw new S3Error('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, untilMs };
};
