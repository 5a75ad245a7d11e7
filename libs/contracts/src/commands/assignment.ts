import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { FlowSystem } from '../events/flow.js';
import { PolicyAssigned } from '../events/policy.js';
import { conflictResolutions, type ConflictResolutionKind } from '../vocabulary.js';

/** One system's assignment in one flow, as a person looked at it. */
export class AssignmentDecision {
  @IsUUID()
  flow_id: string;

  @IsUUID()
  system_id: string;

  @Matches(/\S/, { message: 'reason must say why' })
  @MaxLength(2000)
  reason: string;

  /** The version that the decision was made on. Absent: whichever it is. */
  @IsOptional()
  @IsInt()
  @Min(0)
  expected_version?: number | null;
}

/** Errors: NOT_FOUND, FLOW_STATE, FLOW_SEALED, POLICY_UNKNOWN, PRECONDITION_FAILED. */
export class OverrideAssignment extends AssignmentDecision {
  @IsUUID()
  policy_id: string;

  @IsOptional()
  @Matches(/^s3:\/\/[a-z0-9.-]{3,63}\//)
  @MaxLength(1024)
  storage_location?: string | null;

  /** Answers what would be assigned, and writes nothing. */
  @IsOptional()
  @IsBoolean()
  dry_run?: boolean | null;
}

/** Takes an override back. Errors as for `OverrideAssignment`. */
export class ResetAssignment extends AssignmentDecision {}

/** By a person of legal or compliance. Errors: APPROVER_NOT_ALLOWED, and as for `OverrideAssignment`. */
export class ResolveRetentionConflict extends AssignmentDecision {
  @IsIn(conflictResolutions)
  resolution: ConflictResolutionKind;
}

/** What would be assigned. Writes nothing. With a flow, the overrides that people made in it count. Answers `AssignmentPreview[]`. */
export class PreviewAssignments {
  @IsOptional()
  @IsUUID()
  flow_id?: string | null;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => FlowSystem)
  systems: FlowSystem[];
}

export class AssignmentPreview {
  @IsUUID()
  system_id: string;

  @IsString()
  system_name: string;

  /** `unchanged`: it is what is assigned already. `refused`: no policy can be assigned; `code` and `message` say why. */
  @IsIn(['assigned', 'unchanged', 'refused'])
  outcome: 'assigned' | 'unchanged' | 'refused';

  @IsOptional()
  @ValidateNested()
  @Type(() => PolicyAssigned)
  assignment?: PolicyAssigned | null;

  /** Until when the data is kept if it were archived now. */
  @IsOptional()
  @IsString()
  retain_until_if_archived_now?: string | null;

  @IsOptional()
  @IsString()
  code?: string | null;

  @IsOptional()
  @IsString()
  message?: string | null;
}
