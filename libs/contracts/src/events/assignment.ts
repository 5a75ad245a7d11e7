import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { assignmentRules, conflictResolutions, type AssignmentRule, type ConflictResolutionKind } from '../vocabulary.js';
import { RetentionConflict } from './retention-conflict.js';

/** One policy of the tenant, and why it was chosen or not. */
export class ConsideredPolicy {
  @IsUUID()
  policy_id: string;

  @IsInt()
  policy_version: number;

  @IsString()
  policy_name: string;

  @IsIn(['chosen', 'not_chosen'])
  outcome: 'chosen' | 'not_chosen';

  @IsString()
  reason: string;
}

/** A person's choice instead of the suggested policy. It stays when policy or system are revised. */
export class AssignmentOverride {
  @IsUUID()
  policy_id: string;

  /** Instead of the policy's own location. */
  @IsOptional()
  @IsString()
  storage_location?: string | null;

  @IsString()
  reason: string;

  @IsString()
  overridden_by: string;

  @IsString()
  overridden_by_name: string;

  @IsISO8601()
  overridden_at: string;

  /** What the rules suggest; null when they find no policy. */
  @IsOptional()
  @IsString()
  suggested_policy_name?: string | null;

  @IsOptional()
  @IsUUID()
  suggested_policy_id?: string | null;

  @IsIn(assignmentRules)
  suggested_rule: AssignmentRule;
}

/** How a person resolved the conflicts of an assignment. */
export class ConflictResolution {
  @IsIn(conflictResolutions)
  resolution: ConflictResolutionKind;

  @IsString()
  reason: string;

  @IsString()
  resolved_by: string;

  @IsString()
  resolved_by_name: string;

  @IsISO8601()
  resolved_at: string;
}

/** Holds for exactly these conflicts: an assignment with others has to be resolved anew. */
export class RetentionConflictResolved extends ConflictResolution {
  @IsUUID()
  assignment_id: string;

  @IsUUID()
  flow_id: string;

  @IsUUID()
  system_id: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionConflict)
  conflicts: RetentionConflict[];
}
