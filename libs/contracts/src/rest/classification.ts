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
import { ClassificationFinding, SampledFigures } from '../events/classification.js';
import { complianceRequirements, dataClassifications } from '../vocabulary.js';

export const classificationStatuses = ['running', 'suggested', 'failed', 'accepted', 'dismissed'] as const;
export type ClassificationStatus = (typeof classificationStatuses)[number];

/** Absent lists: everything that was suggested. */
export class AcceptClassificationRequest {
  @IsUUID()
  suggestion_id: string;

  @IsOptional()
  @IsArray()
  @IsIn(dataClassifications, { each: true })
  data_classification?: string[] | null;

  @IsOptional()
  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  compliance_requirements?: string[] | null;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class DismissClassificationRequest {
  @IsUUID()
  suggestion_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

export class ClassificationFindingAnswer extends ClassificationFinding {
  /** Table with its schema, or folder; null while the archive-service does not answer. */
  @IsOptional()
  @IsString()
  container?: string | null;

  /** Column, or kind of files. */
  @IsOptional()
  @IsString()
  element?: string | null;
}

/** One look at a system's source, and what came of it. */
export class ClassificationAnswer {
  @IsUUID()
  suggestion_id: string;

  @IsUUID()
  system_id: string;

  @IsIn(classificationStatuses)
  status: ClassificationStatus;

  /** The source was revised since: look again. */
  @IsBoolean()
  outdated: boolean;

  @IsOptional()
  @IsInt()
  system_version?: number | null;

  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ClassificationFindingAnswer)
  findings: ClassificationFindingAnswer[];

  @IsInt()
  findings_omitted: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => SampledFigures)
  sampled?: SampledFigures | null;

  @IsArray()
  @IsString({ each: true })
  explanation: string[];

  @IsOptional()
  @IsString()
  error_code?: string | null;

  @IsOptional()
  @IsString()
  error_message?: string | null;

  @IsString()
  requested_by: string;

  @IsISO8601()
  requested_at: string;

  @IsOptional()
  @IsISO8601()
  suggested_at?: string | null;

  @IsOptional()
  @IsString()
  decided_by?: string | null;

  @IsOptional()
  @IsISO8601()
  decided_at?: string | null;

  @IsOptional()
  @IsString()
  reason?: string | null;

  /** What was accepted of it. */
  @IsArray()
  @IsString({ each: true })
  accepted: string[];
}

/** The latest look, and those before it, the newest first. */
export class SystemClassificationAnswer {
  @IsOptional()
  @ValidateNested()
  @Type(() => ClassificationAnswer)
  latest?: ClassificationAnswer | null;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ClassificationAnswer)
  history: ClassificationAnswer[];
}
