import { IsOptional, Matches } from 'class-validator';
import { ServiceConfig } from '@lastcopy/platform';
import { regulations } from './regulation/regulations.js';
import type { PolicyLimits } from './retention-policy/domain/policy-terms.js';

export class PolicyServiceConfig extends ServiceConfig {
  /** Names of the buckets that a policy may send archives to, separated by commas: the same as the archive-service's. Absent: every bucket. */
  @IsOptional()
  @Matches(/^[a-z0-9.-]+(,[a-z0-9.-]+)*$/, { message: 'BUCKET_ALLOW_LIST must be names of buckets, separated by commas' })
  BUCKET_ALLOW_LIST?: string;
}

export const limitsOf = ({ BUCKET_ALLOW_LIST }: PolicyServiceConfig): PolicyLimits => ({
  buckets: BUCKET_ALLOW_LIST?.split(',') ?? null,
  regulations,
});
