import { Type } from 'class-transformer';
import {
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
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Signature } from '../events/approval.js';
import { sha256Pattern } from '../events/flow.js';
import { approvalRoles, type ApprovalRole } from '../vocabulary.js';

export const approvalStatuses = ['requested', 'granted', 'rejected', 'voided', 'expired'] as const;
export type ApprovalStatusName = (typeof approvalStatuses)[number];

/** Who may decide in whose place, or did. */
export class DelegationAnswer {
  @IsString()
  to_user_id: string;

  @IsString()
  to_name: string;

  @IsString()
  by: string;

  @IsString()
  by_name: string;

  @IsString()
  reason: string;

  @IsISO8601()
  at: string;
}

export class ApprovalCommentAnswer {
  @IsString()
  by: string;

  @IsString()
  name: string;

  @IsString()
  comment: string;

  @IsISO8601()
  at: string;
}

export class ApprovalAnswer {
  @IsUUID()
  approval_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(approvalRoles)
  role: ApprovalRole;

  @IsIn(approvalStatuses)
  status: ApprovalStatusName;

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

  /** Null in requests that are older than due dates. */
  @IsOptional()
  @IsISO8601()
  due_at?: string | null;

  /** When it ends undecided and is requested anew. */
  @IsOptional()
  @IsISO8601()
  expires_at?: string | null;

  /** Open, and its due date has passed. */
  @IsBoolean()
  overdue: boolean;

  @IsOptional()
  @IsISO8601()
  reminded_at?: string | null;

  /** 0 while it is not overdue, then 1, then 2. */
  @IsInt()
  @Min(0)
  escalation_level: number;

  /** `person:<user_id>` or `role:<role>`. */
  @IsArray()
  @IsString({ each: true })
  escalated_to: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => DelegationAnswer)
  delegation?: DelegationAnswer | null;

  /** The request that this one took the place of. */
  @IsOptional()
  @IsUUID()
  replaces?: string | null;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ApprovalCommentAnswer)
  comments: ApprovalCommentAnswer[];

  /** Whether the caller may grant it or reject it. */
  @IsBoolean()
  can_decide: boolean;

  /** Whether the caller may reject it: what keeps an approval from being granted yet keeps nobody from rejecting it. */
  @IsBoolean()
  can_reject: boolean;

  /** Why the caller may not grant it. */
  @IsOptional()
  @IsString()
  why_not?: string | null;

  /** Whether the caller's sign-in is too old to sign with: sign in again first. */
  @IsBoolean()
  needs_reauthentication: boolean;
}

/** One named part of what is approved: as it was when requested, as it is now, and what differs in words. */
export class ApprovalEvidencePart {
  @IsString()
  name: string;

  /** Null for a part that was added since, or where only its hash was kept. */
  @IsOptional()
  @IsObject()
  requested?: object | null;

  /** Null for a part that is gone. */
  @IsOptional()
  @IsObject()
  present?: object | null;

  @IsArray()
  @IsString({ each: true })
  changed: string[];
}

export class ApprovalHistoryEntry {
  @IsISO8601()
  at: string;

  @IsString()
  event: string;

  @IsString()
  by: string;

  /** In words. */
  @IsString()
  what: string;
}

/** An approval with the evidence beside the decision, and all that happened to it. */
export class ApprovalDetailAnswer extends ApprovalAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ApprovalEvidencePart)
  evidence: ApprovalEvidencePart[];

  /** Hash of the scope as it is now; null while that is not complete. */
  @IsOptional()
  @Matches(sha256Pattern)
  present_evidence_hash?: string | null;

  /** Retention conflicts that keep it from being granted, in words. */
  @IsArray()
  @IsString({ each: true })
  open_conflicts: string[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ApprovalHistoryEntry)
  history: ApprovalHistoryEntry[];
}

export class RequestApprovalRequest {
  @IsIn(approvalRoles)
  role: ApprovalRole;

  /** Another due date than the usual one; moves that of a request that is open. */
  @IsOptional()
  @IsISO8601()
  due_at?: string | null;
}

export class DelegateApprovalRequest {
  /** Somebody who has signed in before and may approve. */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  to_user_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;
}

export class RevokeDelegationRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;
}

export class CommentApprovalRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  comment: string;
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
