import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { approvalRoles, complianceRequirements, verificationLevels, type ApprovalRole, type VerificationLevel } from './vocabulary.js';

export const retentionStarts = ['manifest_timestamp'] as const;
/** When the period begins: with the timestamp of the archive's manifest, which the archive itself carries. */
export type RetentionStart = (typeof retentionStarts)[number];

/** No policy keeps an archive for less, or for more than a store can lock in one go (a hundred years). */
export const leastPolicyDays = 365;
export const mostPolicyDays = 36_500;
export const storageLocationPattern = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[^/\s]+\/)*$/;

const locationForm = { message: 'storage_location must be s3://bucket/prefix/, with the slash at its end' };

/** What a policy may say of itself; absent fields stay as they are. */
export class PolicyChanges {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  policy_name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @IsOptional()
  @IsInt()
  @Min(leastPolicyDays)
  @Max(mostPolicyDays)
  retention_period_days?: number;

  @IsOptional()
  @IsIn(retentionStarts)
  retention_starts?: RetentionStart;

  @IsOptional()
  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  @ArrayMaxSize(20)
  compliance_requirements?: string[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  @ArrayMaxSize(50)
  data_types?: string[];

  @IsOptional()
  @Matches(storageLocationPattern, locationForm)
  storage_location?: string;

  @IsOptional()
  @IsBoolean()
  encryption_required?: boolean;

  @IsOptional()
  @IsIn(verificationLevels)
  verification_level?: VerificationLevel;

  @IsOptional()
  @IsIn(verificationLevels)
  database_verification_level?: VerificationLevel;

  @IsOptional()
  @IsArray()
  @IsIn(approvalRoles, { each: true })
  @ArrayMaxSize(10)
  required_approvals?: ApprovalRole[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(255, { each: true })
  @ArrayMaxSize(50)
  legal_basis?: string[];
}

/** A whole policy as a person writes it. What is left out has the value that is given here. */
export class PolicyTermsInput {
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  policy_name: string;

  @IsString()
  @MaxLength(2000)
  description: string = '';

  @IsInt()
  @Min(leastPolicyDays)
  @Max(mostPolicyDays)
  retention_period_days: number;

  @IsIn(retentionStarts)
  retention_starts: RetentionStart = 'manifest_timestamp';

  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  @ArrayMaxSize(20)
  compliance_requirements: string[] = [];

  @IsArray()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(64, { each: true })
  @ArrayMaxSize(50)
  data_types: string[] = [];

  @Matches(storageLocationPattern, locationForm)
  storage_location: string;

  @IsBoolean()
  encryption_required: boolean = true;

  /** Least level for files. */
  @IsIn(verificationLevels)
  verification_level: VerificationLevel = 'readable';

  /** Least level for databases. */
  @IsIn(verificationLevels)
  database_verification_level: VerificationLevel = 'restored';

  @IsArray()
  @IsIn(approvalRoles, { each: true })
  @ArrayMaxSize(10)
  required_approvals: ApprovalRole[] = [...approvalRoles];

  @IsArray()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(255, { each: true })
  @ArrayMaxSize(50)
  legal_basis: string[] = [];
}
