import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { complianceRequirements, dataClassifications } from '../vocabulary.js';

/**
 * Begins a look at the system's source in the background; one at a time. Answers `{ suggestion_id }`, that of the look under way if there
 * is one. Errors: SYSTEM_UNKNOWN.
 */
export class ClassifySystem {
  @IsUUID()
  system_id: string;
}

/** Errors: SYSTEM_UNKNOWN, CLASSIFICATION_STATE, CLASSIFICATION_OUTDATED, FLOW_SEALED, FORBIDDEN (a service account). */
export class AcceptClassification {
  @IsUUID()
  system_id: string;

  @IsUUID()
  suggestion_id: string;

  /** What is accepted; absent: all that was suggested. */
  @IsOptional()
  @IsArray()
  @IsIn(dataClassifications, { each: true })
  @ArrayMaxSize(50)
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

/** Errors: SYSTEM_UNKNOWN, CLASSIFICATION_STATE, FORBIDDEN (a service account). */
export class DismissClassification {
  @IsUUID()
  system_id: string;

  @IsUUID()
  suggestion_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

/** Answers `ClassificationPlaces`. Errors: SYSTEM_UNKNOWN. */
export class NameClassificationPlaces {
  @IsUUID()
  system_id: string;

  @IsUUID(undefined, { each: true })
  @IsArray()
  @ArrayMaxSize(100)
  suggestion_ids: string[];
}

/** What the places of findings are called: by suggestion, then by place. */
export type ClassificationPlaces = Record<string, Record<string, { container: string; element: string }>>;
