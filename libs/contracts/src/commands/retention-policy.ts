import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import type { PolicyAssigned, RetentionPolicyDefined } from '../events/policy.js';
import { PolicyChanges, PolicyTermsInput } from '../policy-terms.js';

class Reasoned {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

class OnPolicy extends Reasoned {
  @IsUUID()
  policy_id: string;

  /** The revision that the person looked at; any when it is absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  expected_revision?: number | null;
}

export class CreateRetentionPolicy extends Reasoned {
  @IsUUID()
  policy_id: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => PolicyTermsInput)
  terms: PolicyTermsInput;
}

export class ReviseRetentionPolicy extends OnPolicy {
  @IsDefined()
  @ValidateNested()
  @Type(() => PolicyChanges)
  changes: PolicyChanges;
}

export class RetireRetentionPolicy extends OnPolicy {}
export class StartPolicyReview extends OnPolicy {}
export class EndPolicyReview extends OnPolicy {}

export const mostImportedPolicies = 200;

/** All of it or nothing. Answers `PolicyImport`. */
export class ImportRetentionPolicies extends Reasoned {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostImportedPolicies)
  @ValidateNested({ each: true })
  @Type(() => PolicyTermsInput)
  policies: PolicyTermsInput[];

  @IsBoolean()
  dry_run: boolean;
}

export interface PolicyImport {
  changes: { policy_id: string; policy_name: string; outcome: 'created' | 'revised' | 'unchanged'; changed: string[] }[];
}

export const policyActions = ['revise', 'retire', 'start_review'] as const;
export type PolicyAction = (typeof policyActions)[number];

/** What a change of a policy would do to the assignments of open flows. Changes nothing. Answers `PolicyChangePreview`. */
export class PreviewPolicyChange {
  @IsUUID()
  policy_id: string;

  @IsIn(policyActions)
  action: PolicyAction;

  /** Of `revise`. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PolicyChanges)
  changes?: PolicyChanges | null;

  /** Systems to pass over: an answer holds at most `previewPage`. */
  @IsInt()
  @Min(0)
  offset: number = 0;
}

export const previewPage = 200;

export interface PolicyChangePreview {
  /** The fields of the policy that would differ. */
  changed: string[];
  /** Why the change would be refused; null when it would not. */
  refusal: { code: string; message: string } | null;
  /** The policy as it would be: the version that a revision makes, otherwise the latest. */
  policy: RetentionPolicyDefined;
  /** Systems of open flows whose assignment rests on the policy, or that have none, from `offset` on. */
  systems: PreviewedSystem[];
  /** How many there are in all. */
  total: number;
}

export interface PreviewedSystem {
  flow_id: string;
  system_id: string;
  system_name: string;
  outcome: 'unchanged' | 'reassigned' | 'unassigned';
  /** The assignment that would follow, without its explanation; null unless `reassigned`. */
  after: PolicyAssigned | null;
}
