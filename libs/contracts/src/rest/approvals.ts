import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Signature } from '../events/approval.js';
import { sha256Pattern } from '../events/flow.js';
import { approvalRoles, type ApprovalRole } from '../vocabulary.js';

export class ApprovalAnswer {
  @IsUUID()
  approval_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(approvalRoles)
  role: ApprovalRole;

  @IsIn(['requested', 'granted', 'rejected', 'voided'])
  status: 'requested' | 'granted' | 'rejected' | 'voided';

  /** What is approved, in words. */
  @IsString()
  scope: string;

  @Matches(sha256Pattern)
  evidence_hash: string;

  @IsString()
  requested_by: string;

  @IsISO8601()
  requested_at: string;

  @IsOptional()
  @IsString()
  decided_by?: string | null;

  @IsOptional()
  @IsISO8601()
  decided_at?: string | null;

  @IsOptional()
  @IsString()
  comment?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Signature)
  signature?: Signature | null;

  @IsOptional()
  @IsString()
  void_reason?: string | null;

  /** What changed since, when it was voided. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];

  /** Whether the caller may decide it. */
  @IsBoolean()
  can_decide: boolean;

  /** Why the caller may not. */
  @IsOptional()
  @IsString()
  why_not?: string | null;
}

export class RequestApprovalRequest {
  @IsIn(approvalRoles)
  role: ApprovalRole;
}

export class ApprovalDecisionRequest {
  @IsIn(['grant', 'reject'])
  decision: 'grant' | 'reject';

  /** Required to reject. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;

  /** What the person saw: a decision without it would sign what nobody looked at, and one on other evidence is refused. */
  @Matches(sha256Pattern, { message: 'evidence_hash must be the evidence_hash of the approval as it was looked at' })
  evidence_hash: string;
}
