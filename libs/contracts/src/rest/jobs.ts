import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { VerificationCheck } from '../events/integrity.js';
import { JobLegalHold } from './legal-holds.js';
import { jobStatuses, verificationLevels, type JobStatus, type VerificationLevel } from '../vocabulary.js';

export const jobSubStatuses = ['exporting', 'verifying', 'locking', 'retry_scheduled', 'integrity_failed'] as const;
export type JobSubStatus = (typeof jobSubStatuses)[number];

export const verificationOutcomes = ['requested', 'verified', 'failed'] as const;
export type VerificationOutcome = (typeof verificationOutcomes)[number];

export class JobAnswer {
  @IsUUID()
  job_id: string;

  @IsUUID()
  flow_id: string;

  @IsUUID()
  policy_id: string;

  @IsUUID()
  client_account_id: string;

  @IsUUID()
  engagement_id: string;

  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  /** Plain-text bytes / 10^9; an estimate until the archive is uploaded. */
  @IsOptional()
  @IsNumber()
  data_size_gb?: number | null;

  @IsOptional()
  @IsString()
  archive_location?: string | null;

  @IsIn(jobStatuses)
  status: JobStatus;

  @IsOptional()
  @IsIn(jobSubStatuses)
  sub_status?: JobSubStatus | null;

  @IsBoolean()
  paused: boolean;

  @IsInt()
  @Min(0)
  @Max(100)
  progress_percentage: number;

  @IsOptional()
  @IsISO8601()
  scheduled_start?: string | null;

  @IsOptional()
  @IsISO8601()
  actual_start?: string | null;

  @IsOptional()
  @IsISO8601()
  estimated_completion?: string | null;

  @IsOptional()
  @IsISO8601()
  actual_completion?: string | null;

  @IsBoolean()
  integrity_verified: boolean;

  /** How the last verification of the archive that counts ended; "requested" while there is no verdict yet. Null before it is asked for. */
  @IsOptional()
  @IsIn(verificationOutcomes)
  verification_outcome?: VerificationOutcome | null;

  /** SHA-256 of the archive's manifest, which covers every object. */
  @IsOptional()
  @IsString()
  verification_checksum?: string | null;

  @IsOptional()
  @IsString()
  error_message?: string | null;

  @IsOptional()
  @IsString()
  error_code?: string | null;

  @IsOptional()
  @IsString()
  error_hint?: string | null;

  @IsInt()
  retry_count: number;

  @IsOptional()
  @IsISO8601()
  retry_due_at?: string | null;

  @IsInt()
  attempt: number;

  @IsOptional()
  @IsIn(verificationLevels)
  verification_level?: VerificationLevel | null;

  @IsOptional()
  @IsISO8601()
  retain_until?: string | null;

  /** Every legal hold that keeps this job's archive. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => JobLegalHold)
  legal_holds: JobLegalHold[];

  @IsOptional()
  @IsNumber()
  bytes_per_second?: number | null;

  @IsISO8601()
  created_at: string;

  @IsISO8601()
  updated_at: string;
}

/** What the integrity-service said about one attempt. */
export class JobVerification {
  @IsInt()
  attempt: number;

  @IsUUID()
  verification_id: string;

  @IsIn(verificationOutcomes)
  outcome: VerificationOutcome;

  @IsIn(verificationLevels)
  level: VerificationLevel;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => VerificationCheck)
  checks: VerificationCheck[];

  @IsOptional()
  @IsString()
  evidence_sha256?: string | null;

  @IsOptional()
  @IsString()
  attestation?: string | null;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsOptional()
  @IsString()
  message?: string | null;

  @IsISO8601()
  at: string;
}

/** What is typed to look at the archive that counts with only the store and a key. */
export class ArchiveCommands {
  /** The attempt whose archive counts. */
  @IsInt()
  attempt: number;

  @IsString()
  verify: string;

  @IsString()
  restore: string;
}

export const jobActions = ['pause', 'resume', 'cancel', 'retry', 'verify'] as const;
export type JobAction = (typeof jobActions)[number];

/** A job with what proves its archives, as it is kept in documents too. */
export class ProvenJobAnswer extends JobAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => JobVerification)
  verifications: JobVerification[];

  /** Null before an archive is uploaded. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ArchiveCommands)
  archive_commands?: ArchiveCommands | null;
}

export class JobDetailAnswer extends ProvenJobAnswer {
  /** What the state of the job allows now. */
  @IsIn(jobActions, { each: true })
  possible_actions: JobAction[];
}

export class JobActionRequest {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class BulkJobRequest {
  @IsIn(['pause', 'resume', 'cancel', 'retry'])
  action: 'pause' | 'resume' | 'cancel' | 'retry';

  @IsArray()
  @IsUUID(undefined, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  job_ids: string[];

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;

  /** Says what would happen and does nothing. */
  @IsOptional()
  @IsBoolean()
  dry_run?: boolean | null;
}

export class BulkJobOutcome {
  @IsUUID()
  job_id: string;

  @IsIn(['done', 'possible', 'refused'])
  outcome: 'done' | 'possible' | 'refused';

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsOptional()
  @IsString()
  message?: string | null;
}

export class BulkJobAnswer {
  @IsBoolean()
  dry_run: boolean;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => BulkJobOutcome)
  results: BulkJobOutcome[];
}

export class VerificationsRequest {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}
