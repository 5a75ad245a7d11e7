import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, MaxLength, Min, ValidateNested } from 'class-validator';
import { assignmentRules, verificationLevels, type AssignmentRule, type VerificationLevel } from '../vocabulary.js';

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
}

/** One rule that the assignment tried, and what came of it. */
export class AssignmentStep {
  @IsIn(assignmentRules)
  rule: AssignmentRule;

  @IsIn(['chosen', 'rejected', 'not_reached'])
  outcome: 'chosen' | 'rejected' | 'not_reached';

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

  @IsOptional()
  @IsString()
  reason?: string | null;
}
