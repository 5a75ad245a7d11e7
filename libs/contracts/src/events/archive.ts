import { Type } from 'class-transformer';
import {
  IsDefined,
  IsArray,
  IsBoolean,
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
  ValidateNested,
} from 'class-validator';
import { SourceDescription } from '../source-description.js';
import { errorClasses, sourceKinds, verificationLevels, type SourceKind, type VerificationLevel } from '../vocabulary.js';
import { sha256Pattern } from './flow.js';
import { RetentionMinimum } from './policy.js';

export class SystemRegistered {
  @IsUUID()
  system_id: string;

  @IsString()
  @MaxLength(255)
  system_name: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;

  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsOptional()
  @IsUUID()
  retention_policy_id?: string | null;

  @IsOptional()
  @IsString()
  six_r_strategy?: string | null;

  @IsOptional()
  @IsNumber()
  annual_cost?: number | null;

  @IsOptional()
  @IsISO8601()
  grace_period_end?: string | null;

  @IsOptional()
  @IsString()
  retirement_reason?: string | null;
}

export class SystemConnectionTested {
  @IsUUID()
  system_id: string;

  @IsBoolean()
  passed: boolean;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsString()
  message: string;
}

export class JobFact {
  @IsUUID()
  job_id: string;

  @IsUUID()
  flow_id: string;
}

export class AttemptFact extends JobFact {
  @IsInt()
  @Min(1)
  attempt: number;
}

export class ArchiveJobQueued extends AttemptFact {
  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  @IsUUID()
  policy_id: string;

  @IsInt()
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

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;

  /** The policy's storage location: `s3://bucket/prefix/`. */
  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//)
  destination: string;

  /** Why a system is archived again; absent on the first order. */
  @IsOptional()
  @IsString()
  reason?: string | null;
}

export class ArchiveJobStarted extends AttemptFact {
  @IsString()
  worker_id: string;
}

export class ManifestLocation {
  @IsString()
  bucket: string;

  @IsString()
  key: string;

  @IsString()
  version_id: string;
}

/** What the source holds and the archive does not, told without names. */
export class ExcludedContent {
  @IsInt()
  @Min(1)
  count: number;

  /** Each reason once. */
  @IsArray()
  @IsString({ each: true })
  reasons: string[];
}

export class ArchiveUploaded extends AttemptFact {
  @IsUUID()
  system_id: string;

  @IsIn(sourceKinds)
  source_kind: SourceKind;

  /** `s3://bucket/…/attempt-<n>/` */
  @IsString()
  location: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ManifestLocation)
  manifest: ManifestLocation;

  @Matches(sha256Pattern)
  manifest_sha256: string;

  @IsIn(verificationLevels)
  verification_level: VerificationLevel;

  /** Stored objects of the data sets. */
  @IsInt()
  parts: number;

  @IsInt()
  rows: number;

  /** Plain-text bytes. */
  @IsInt()
  bytes: number;

  @IsInt()
  stored_bytes: number;

  @IsInt()
  duration_ms: number;

  /** Start of retention: the manifest's timestamp. */
  @IsISO8601()
  archived_at: string;

  @IsISO8601()
  retain_until: string;

  /** Absent when the archive holds everything. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ExcludedContent)
  excluded?: ExcludedContent;
}

/** From here on objects of the attempt may be under retention: the job can no longer be cancelled. */
export class ArchiveLocking extends AttemptFact {}

export class ArchiveLocked extends AttemptFact {
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  mode: 'COMPLIANCE' | 'GOVERNANCE';

  @IsISO8601()
  retain_until: string;

  /** How many object versions were locked. */
  @IsInt()
  versions: number;
}

export class ArchiveJobCompleted extends AttemptFact {
  @IsString()
  location: string;

  /** SHA-256 of the manifest, which covers every object. */
  @Matches(sha256Pattern)
  checksum: string;

  @IsISO8601()
  retain_until: string;
}

export class ArchiveJobFailed extends AttemptFact {
  @IsString()
  code: string;

  @IsIn(errorClasses)
  error_class: (typeof errorClasses)[number];

  @IsString()
  message: string;

  @IsString()
  hint: string;
}

export class ArchiveRetryScheduled extends AttemptFact {
  /** Which automatic retry this is, from 1. */
  @IsInt()
  @Min(0)
  retry_no: number;

  @IsISO8601()
  due_at: string;

  @IsString()
  reason: string;
}

export class ArchiveJobPaused extends JobFact {
  @IsString()
  reason: string;
}
export class ArchiveJobResumed extends ArchiveJobPaused {}
export class ArchiveJobCancelled extends ArchiveJobPaused {}
