import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, MaxLength, Min, ValidateNested } from 'class-validator';
import { retentionStarts, type RetentionStart } from '../policy-terms.js';
import {
  approvalRoles,
  assignmentRules,
  verificationLevels,
  type ApprovalRole,
  type AssignmentRule,
  type VerificationLevel,
} from '../vocabulary.js';
import { AssignmentOverride, ConflictResolution, ConsideredPolicy } from './assignment.js';
import { RetentionConflict } from './retention-conflict.js';

/** One immutable version of a retention policy. */
export class RetentionPolicyDefined {
  @IsUUID()
  policy_id: string;

  @IsInt()
  @Min(1)
  version: number;

  @IsString()
  @MaxLength(255)
  policy_name: string;

  @IsString()
  description: string;

  @IsInt()
  @Min(1)
  retention_period_days: number;

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsArray()
  @IsString({ each: true })
  data_types: string[];

  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//)
  storage_location: string;

  @IsBoolean()
  encryption_required: boolean;

  /** Least level for files; databases are held to `database_verification_level`. */
  @IsIn(verificationLevels)
  verification_level: VerificationLevel;

  @IsIn(verificationLevels)
  database_verification_level: VerificationLevel;

  @IsArray()
  @IsString({ each: true })
  legal_basis: string[];

  @IsIn(['active', 'inactive', 'under_review'])
  status: 'active' | 'inactive' | 'under_review';

  /** When the period begins. Absent in the first versions ever made: with the manifest's timestamp. */
  @IsOptional()
  @IsIn(retentionStarts)
  retention_starts?: RetentionStart;

  /** Absent in the first versions ever made: all roles. */
  @IsOptional()
  @IsArray()
  @IsIn(approvalRoles, { each: true })
  required_approvals?: ApprovalRole[];

  /** The legal minima of its requirements, as the catalogue had them when the version was made. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionMinimum)
  minima?: RetentionMinimum[];

  /** Why a person defined it; absent for those that every tenant begins with. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

/** One rule that the assignment tried, and what came of it. */
export class AssignmentStep {
  @IsIn(assignmentRules)
  rule: AssignmentRule;

  /** `overridden`: the rule would have decided, and a person chose otherwise. */
  @IsIn(['chosen', 'rejected', 'not_reached', 'overridden'])
  outcome: 'chosen' | 'rejected' | 'not_reached' | 'overridden';

  @IsString()
  reason: string;
}

/** A legal minimum that lengthens the policy's own period. */
export class RetentionMinimum {
  /** ISO 8601 duration, for instance `P7Y`. */
  @Matches(/^P\d+[YMD]$/)
  duration: string;

  @IsString()
  requirement: string;

  @IsString()
  clause: string;
}

export class PolicyAssigned {
  @IsUUID()
  assignment_id: string;

  @IsUUID()
  flow_id: string;

  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  @IsUUID()
  policy_id: string;

  @IsInt()
  policy_version: number;

  @IsString()
  policy_name: string;

  @IsIn(assignmentRules)
  rule: AssignmentRule;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AssignmentStep)
  explanation: AssignmentStep[];

  @IsInt()
  @Min(1)
  retention_period_days: number;

  /** Every applicable minimum: the archive is kept until the latest of these and the policy's days. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionMinimum)
  minima: RetentionMinimum[];

  @IsIn(verificationLevels)
  verification_level: VerificationLevel;

  @IsString()
  storage_location: string;

  @IsBoolean()
  encryption_required: boolean;

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  /** Why there is a new assignment: whose choice, which revision. Absent on the first. */
  @IsOptional()
  @IsString()
  reason?: string | null;

  /** Every policy of the tenant, and why it was chosen or not. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ConsideredPolicy)
  considered?: ConsideredPolicy[];

  /** The minimum that keeps the data for longer than the policy would. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RetentionMinimum)
  lengthened_by?: RetentionMinimum | null;

  /** The person who chose this policy; absent when the rules did. */
  @IsOptional()
  @IsString()
  assigned_by?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => AssignmentOverride)
  override?: AssignmentOverride | null;

  /** Maxima against minima. Absent or empty: none. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionConflict)
  conflicts?: RetentionConflict[];

  /** An earlier resolution of these very conflicts, which goes on to hold. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ConflictResolution)
  resolution?: ConflictResolution | null;
}
