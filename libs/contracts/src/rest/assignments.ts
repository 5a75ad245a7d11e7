import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { AssignmentPreview } from '../commands/assignment.js';
import { RetentionConflictResolved } from '../events/assignment.js';
import { PolicyAssigned } from '../events/policy.js';
import { SourceDescription } from '../source-description.js';
import { complianceRequirements, conflictResolutions, type ConflictResolutionKind } from '../vocabulary.js';
import { PolicyAssignmentAnswer } from './inventory.js';
import { JobDetailAnswer } from './jobs.js';

/** An assignment with its whole trace, and how its conflicts stand. */
export class AssignmentAnswer extends PolicyAssignmentAnswer {
  /** Rises with every change; also the answer's ETag, for If-Match. */
  @IsInt()
  version: number;

  /** Whether a conflict of a maximum with a minimum waits for a person of legal or compliance. */
  @IsBoolean()
  conflicts_open: boolean;
}

/** One entry of an assignment's history. */
export class AssignmentHistoryEntry {
  @IsInt()
  version: number;

  @IsIn(['PolicyAssigned', 'RetentionConflictResolved'])
  type: 'PolicyAssigned' | 'RetentionConflictResolved';

  @IsISO8601()
  at: string;

  /** The person, or `service:<name>` for the rules. */
  @IsString()
  actor: string;

  @IsOptional()
  @IsString()
  reason?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PolicyAssigned)
  assignment?: PolicyAssigned | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => RetentionConflictResolved)
  resolved?: RetentionConflictResolved | null;
}

class ReasonRequest {
  @Matches(/\S/, { message: 'reason must say why' })
  @MaxLength(2000)
  reason: string;
}

/** Another policy than the suggested one. */
export class OverrideAssignmentRequest extends ReasonRequest {
  @IsUUID()
  policy_id: string;

  @IsOptional()
  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//, { message: 'storage_location must be s3://bucket/prefix/' })
  @MaxLength(1024)
  storage_location?: string | null;
}

export class ResetAssignmentRequest extends ReasonRequest {}

export class ResolveConflictRequest extends ReasonRequest {
  @IsIn(conflictResolutions)
  resolution: ConflictResolutionKind;
}

export class BulkOverrideRequest extends OverrideAssignmentRequest {
  @IsArray()
  @IsUUID(undefined, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  system_ids: string[];

  /** Says what would happen and does nothing. */
  @IsOptional()
  @IsBoolean()
  dry_run?: boolean | null;
}

export class BulkOverrideOutcome {
  @IsUUID()
  system_id: string;

  @IsIn(['done', 'possible', 'unchanged', 'refused'])
  outcome: 'done' | 'possible' | 'unchanged' | 'refused';

  /** Of a dry run: what would be assigned. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AssignmentPreview)
  preview?: AssignmentPreview | null;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsOptional()
  @IsString()
  message?: string | null;
}

export class BulkOverrideAnswer {
  @IsBoolean()
  dry_run: boolean;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => BulkOverrideOutcome)
  results: BulkOverrideOutcome[];
}

/** A system that is not registered. */
export class DescribedSystem {
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  system_name: string;

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

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;
}

/** One of the three. */
export class DryRunRequest {
  @IsOptional()
  @ValidateNested()
  @Type(() => DescribedSystem)
  system?: DescribedSystem | null;

  @IsOptional()
  @IsUUID()
  system_id?: string | null;

  @IsOptional()
  @IsUUID()
  flow_id?: string | null;
}

export class DryRunAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AssignmentPreview)
  assignments: AssignmentPreview[];
}

export class RearchiveRequest extends ReasonRequest {}

/** The archive that a new attempt is to replace. It cannot be deleted while it is locked. */
export class SupersededArchive {
  @IsInt()
  attempt: number;

  @IsString()
  location: string;

  @IsOptional()
  @IsISO8601()
  retain_until?: string | null;

  @IsString()
  statement: string;
}

export class RearchiveAnswer extends JobDetailAnswer {
  /** Null when no attempt had uploaded an archive. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SupersededArchive)
  superseded?: SupersededArchive | null;
}
