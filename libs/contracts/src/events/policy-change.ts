import { IsArray, IsInt, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { RetentionPolicyDefined } from './policy.js';

/** A new version of a policy, whole; the versions before it stay what they were. */
export class RetentionPolicyRevised extends RetentionPolicyDefined {
  @IsString()
  @MaxLength(2000)
  override reason: string;

  /** Names of the fields that differ from the version before. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];
}

/** The policy is never chosen or named again; what was archived under it keeps its retention. */
export class RetentionPolicyRetired {
  @IsUUID()
  policy_id: string;

  /** The version that stood last. */
  @IsInt()
  @Min(1)
  version: number;

  @IsString()
  policy_name: string;

  @IsString()
  @MaxLength(2000)
  reason: string;
}

/** The policy is not chosen anew until the review ends; assignments that rest on it stay. */
export class RetentionPolicyReviewStarted extends RetentionPolicyRetired {}
/** The policy is in force again. */
export class RetentionPolicyReviewEnded extends RetentionPolicyRetired {}
