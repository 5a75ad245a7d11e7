import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { policyActions, type PolicyAction } from '../commands/retention-policy.js';
import { PolicyChanges, PolicyTermsInput } from '../policy-terms.js';
import { approvalRoles, type ApprovalRole } from '../vocabulary.js';
import { PolicyAnswer } from './inventory.js';

export class CreatePolicyRequest extends PolicyTermsInput {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

/** The fields to change, and why. */
export class RevisePolicyRequest extends PolicyChanges {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

export class PolicyReasonRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

export class PolicyImpactRequest {
  @IsIn(policyActions)
  action: PolicyAction = 'revise';

  /** The revision that is weighed. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PolicyChanges)
  changes?: PolicyChanges | null;
}

/** A version as it was made: it never changes. */
export class PolicyVersionAnswer extends PolicyAnswer {
  /** Names of the fields that differ from the version before. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];

  @IsOptional()
  @IsString()
  reason?: string | null;

  /** Who made it. */
  @IsString()
  made_by: string;

  @IsISO8601()
  made_at: string;
}

export class PolicyFieldChange {
  @IsString()
  field: string;

  /** JSON of the value in each of the two versions. */
  @IsString()
  before: string;

  @IsString()
  after: string;
}

export class PolicyDiffAnswer {
  @IsUUID()
  policy_id: string;

  @IsInt()
  from_version: number;

  @IsInt()
  to_version: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PolicyFieldChange)
  changes: PolicyFieldChange[];
}

/** What happens to one system of an open flow. */
export class AssignmentImpact {
  @IsUUID()
  flow_id: string;

  @IsString()
  flow_name: string;

  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  @IsIn(['unchanged', 'reassigned', 'unassigned'])
  outcome: 'unchanged' | 'reassigned' | 'unassigned';

  /** Null where the system has no policy yet. */
  @IsOptional()
  @IsString()
  policy_before?: string | null;

  @IsOptional()
  @IsString()
  policy_after?: string | null;

  /** Until when the data would be kept if it were archived today. */
  @IsOptional()
  @IsISO8601()
  retain_until_before?: string | null;

  @IsOptional()
  @IsISO8601()
  retain_until_after?: string | null;

  /** The job whose archive was, or is being, made under terms that would no longer be the assigned ones: the gate asks for another. */
  @IsOptional()
  @IsUUID()
  archive_again_job_id?: string | null;

  @IsOptional()
  @IsString()
  job_status?: string | null;
}

/** An approval that the change would void. */
export class ApprovalImpact {
  @IsUUID()
  approval_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(approvalRoles)
  role: ApprovalRole;

  @IsString()
  status: string;

  /** The parts of its scope that would change, in words. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];
}

export class PolicyImpactAnswer {
  @IsUUID()
  policy_id: string;

  @IsString()
  policy_name: string;

  @IsIn(policyActions)
  action: PolicyAction;

  /** The revision of the policy that this was computed for. */
  @IsInt()
  revision: number;

  @IsArray()
  @IsString({ each: true })
  changed: string[];

  /** Why the change would be refused as things stand. */
  @IsOptional()
  @IsString()
  refused_code?: string | null;

  @IsOptional()
  @IsString()
  refused_because?: string | null;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AssignmentImpact)
  systems: AssignmentImpact[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ApprovalImpact)
  voided_approvals: ApprovalImpact[];

  /** In words: what the change means for whom. */
  @IsArray()
  @IsString({ each: true })
  notes: string[];
}

export class PolicyImportChange {
  @IsUUID()
  policy_id: string;

  @IsString()
  policy_name: string;

  @IsIn(['created', 'revised', 'unchanged'])
  outcome: 'created' | 'revised' | 'unchanged';

  @IsArray()
  @IsString({ each: true })
  changed: string[];
}

export class PolicyImportAnswer {
  /** True: this is what would happen, and nothing did. */
  @IsBoolean()
  dry_run: boolean;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PolicyImportChange)
  changes: PolicyImportChange[];
}
