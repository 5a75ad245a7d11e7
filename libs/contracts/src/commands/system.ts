import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
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
import { SourceDescription } from '../source-description.js';
import { complianceRequirements } from '../vocabulary.js';

/** Absent fields stay as they are. Null empties a field that may be empty, and leaves the first four as they are. */
export class SystemChanges {
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  system_name?: string;

  /** The whole source: parts of two sources are no source. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SourceDescription)
  source?: SourceDescription;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  @ArrayMaxSize(50)
  data_classification?: string[];

  @IsOptional()
  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  compliance_requirements?: string[];

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

/** Errors: SYSTEM_UNKNOWN, SYSTEM_EXISTS (the name is another's), SOURCE_NOT_ALLOWED, PRECONDITION_FAILED, FLOW_SEALED. */
export class ReviseSystem {
  @IsUUID()
  system_id: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SystemChanges)
  changes: SystemChanges;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;

  /** The version that the changes were made on. Absent: whichever it is. */
  @IsOptional()
  @IsInt()
  @Min(1)
  expected_version?: number | null;
}
