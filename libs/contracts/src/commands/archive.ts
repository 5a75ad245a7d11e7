import { Type } from 'class-transformer';
import {
  IsDefined,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { RetentionMinimum } from '../events/policy.js';
import { SourceDescription } from '../source-description.js';
import { complianceRequirements, verificationLevels, type VerificationLevel } from '../vocabulary.js';

export class RegisterSystem {
  @IsUUID()
  system_id: string;

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
  data_classification: string[];

  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  compliance_requirements: string[];

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

/** Answers `ConnectionReport`. The result is also an event. */
export class TestSystemConnection {
  @IsUUID()
  system_id: string;
}

export interface ConnectionReport {
  passed: boolean;
  code: string | null;
  message: string;
  hint: string | null;
  server_version: string | null;
  size_bytes: number | null;
  warnings: string[];
}

/** One system's job exactly as it was approved. */
export class ArchiveJobOrder {
  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;

  @IsUUID()
  policy_id: string;

  @IsInt()
  @Min(1)
  policy_version: number;

  @IsInt()
  @Min(1)
  retention_period_days: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionMinimum)
  minima: RetentionMinimum[];

  @IsIn(verificationLevels)
  verification_level: VerificationLevel;

  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//)
  storage_location: string;
}

/** Queues one job a system; a system that has a live or completed job keeps it. Answers `{ job_ids }`. */
export class StartMigration {
  @IsUUID()
  flow_id: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ArchiveJobOrder)
  jobs: ArchiveJobOrder[];
}

export class RetryArchiveJob {
  @IsUUID()
  job_id: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string;
}

export class PauseArchiveJob {
  @IsUUID()
  job_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}
export class ResumeArchiveJob extends PauseArchiveJob {}
export class CancelArchiveJob extends PauseArchiveJob {}
