import { Type } from 'class-transformer';
import {
  IsDefined,
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { PolicyAssigned, RetentionMinimum } from '../events/policy.js';
import { retentionStarts, type RetentionStart } from '../policy-terms.js';
import { SourceDescription } from '../source-description.js';
import {
  alertSeverities,
  approvalRoles,
  complianceRequirements,
  verificationLevels,
  type AlertSeverity,
  type ApprovalRole,
  type VerificationLevel,
} from '../vocabulary.js';

export class RegisterSystemRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  system_name: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;

  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  @ArrayMaxSize(50)
  data_classification: string[] = [];

  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  compliance_requirements: string[] = [];

  @IsOptional()
  @IsUUID()
  retention_policy_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  six_r_strategy?: string | null;

  @IsOptional()
  @IsNumber()
  @Min(0)
  annual_cost?: number | null;

  @IsOptional()
  @IsISO8601()
  grace_period_end?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  retirement_reason?: string | null;
}

export class SystemConnection {
  @IsBoolean()
  passed: boolean;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsString()
  message: string;

  @IsISO8601()
  tested_at: string;
}

export class SystemAnswer extends RegisterSystemRequest {
  @IsUUID()
  system_id: string;

  /** Rises with every revision; also the answer's ETag, for If-Match. */
  @IsInt()
  @Min(1)
  version: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => SystemConnection)
  connection?: SystemConnection | null;

  @IsISO8601()
  created_at: string;

  @IsISO8601()
  updated_at: string;
}

export class ConnectionReportAnswer {
  @IsBoolean()
  passed: boolean;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsString()
  message: string;

  @IsOptional()
  @IsString()
  hint?: string | null;

  @IsOptional()
  @IsString()
  server_version?: string | null;

  @IsOptional()
  @IsInt()
  size_bytes?: number | null;

  @IsArray()
  @IsString({ each: true })
  warnings: string[];
}

/** The legal minimum of a requirement that a policy names. */
export class PolicyMinimum extends RetentionMinimum {
  @IsISO8601()
  retain_until_if_archived_now: string;

  /** Whether it keeps an archive for longer than the policy's own days. It does so for systems that have the requirement. */
  @IsBoolean()
  lengthens: boolean;
}

export class PolicyAnswer {
  @IsUUID()
  policy_id: string;

  @IsUUID()
  client_account_id: string;

  @IsUUID()
  engagement_id: string;

  @IsString()
  policy_name: string;

  @IsString()
  description: string;

  @IsInt()
  retention_period_days: number;

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsArray()
  @IsString({ each: true })
  data_types: string[];

  @IsString()
  storage_location: string;

  @IsBoolean()
  encryption_required: boolean;

  @IsIn(['active', 'inactive', 'under_review'])
  status: 'active' | 'inactive' | 'under_review';

  @IsInt()
  version: number;

  @IsIn(verificationLevels)
  verification_level: VerificationLevel;

  @IsIn(verificationLevels)
  database_verification_level: VerificationLevel;

  @IsArray()
  @IsString({ each: true })
  legal_basis: string[];

  /** Who changed it last, and why. */
  @IsString()
  changed_by: string;

  @IsOptional()
  @IsString()
  change_reason?: string | null;

  /** Counts everything that happened to the policy, a change of its status too: its ETag. */
  @IsInt()
  revision: number;

  @IsIn(retentionStarts)
  retention_starts: RetentionStart;

  /** Until when an archive that is made now would be kept by the policy's own days. */
  @IsISO8601()
  retain_until_if_archived_now: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PolicyMinimum)
  minima: PolicyMinimum[];

  @IsArray()
  @IsIn(approvalRoles, { each: true })
  required_approvals: ApprovalRole[];

  @IsISO8601()
  created_at: string;

  @IsISO8601()
  updated_at: string;
}

export class PolicyAssignmentAnswer extends PolicyAssigned {
  @IsISO8601()
  assigned_at: string;

  /** Until when the data is kept if it were archived now. */
  @IsISO8601()
  retain_until_if_archived_now: string;
}

export class AlertAnswer {
  @IsUUID()
  alert_id: string;

  @IsIn(alertSeverities)
  severity: AlertSeverity;

  @IsString()
  code: string;

  @IsString()
  message: string;

  @IsString()
  what_to_do: string;

  @IsOptional()
  @IsUUID()
  flow_id?: string | null;

  @IsOptional()
  @IsUUID()
  job_id?: string | null;

  /** The document that it is about. */
  @IsOptional()
  @IsUUID()
  artifact_id?: string;

  @IsString()
  source: string;

  @IsISO8601()
  raised_at: string;

  /** False once a later verification of that archive passed, or the store holds that document. */
  @IsBoolean()
  open: boolean;
}
