import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { flowInputKinds, type FlowInputKind } from '../artifact-kinds.js';
import { complianceRequirements, dataClassifications } from '../vocabulary.js';

class ConfirmedRequirement {
  @IsIn(complianceRequirements)
  requirement: string;

  @IsBoolean()
  confirmed: boolean;

  /** Needed when it is not confirmed. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;
}

/** That each requirement of the flow's systems is met by how they are archived. */
export class ComplianceConfirmation {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ConfirmedRequirement)
  requirements: ConfirmedRequirement[];
}

class SystemDestination {
  @IsUUID()
  system_id: string;

  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//, { message: 'storage_location must be s3://bucket/prefix' })
  @MaxLength(1024)
  storage_location: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  access_notes?: string | null;
}

/** Where the archives of some of the flow's systems go, in the place of what their policies say. */
export class ArchiveDestination {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => SystemDestination)
  destinations: SystemDestination[];
}

class SystemClassification {
  @IsUUID()
  system_id: string;

  @IsArray()
  @ArrayMinSize(1)
  @IsIn(dataClassifications, { each: true })
  data_classification: string[];

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;
}

/** What kinds of data the systems hold; it becomes the classification of the systems themselves. */
export class ClassificationInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => SystemClassification)
  systems: SystemClassification[];
}

export class ProgressNote {
  @Matches(/\S/, { message: 'text must say something' })
  @MaxLength(4000)
  text: string;

  @IsOptional()
  @IsUUID()
  system_id?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  percent?: number | null;
}

export class SaveDraftRequest {
  /** May be incomplete; it is checked when it is submitted. */
  @IsObject()
  content: Record<string, unknown>;
}

export class DraftAnswer {
  @IsUUID()
  flow_id: string;

  @IsIn(flowInputKinds)
  kind: FlowInputKind;

  /** Also the ETag: a change names it in If-Match. */
  @IsInt()
  version: number;

  @IsObject()
  content: Record<string, unknown>;

  @IsString()
  edited_by: string;

  @IsISO8601()
  edited_at: string;
}

export class DraftDiscardedAnswer {
  @IsBoolean()
  discarded: boolean;
}

export class FlowInputAnswer {
  @IsUUID()
  input_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(flowInputKinds)
  kind: FlowInputKind;

  @IsObject()
  content: Record<string, unknown>;

  @IsString()
  submitted_by: string;

  @IsISO8601()
  submitted_at: string;
}
