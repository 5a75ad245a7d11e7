import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsDefined,
  IsArray,
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
import { approvalRoles, type ApprovalRole } from '../vocabulary.js';
import { sha256Pattern } from './flow.js';

class ApprovalFact {
  @IsUUID()
  approval_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(approvalRoles)
  role: ApprovalRole;
}

/** One named part of what is approved, for instance a system's policy, so that a change can be named. */
export class ScopePart {
  @IsString()
  @MaxLength(400)
  name: string;

  @Matches(sha256Pattern)
  sha256: string;

  /** What was hashed, so that a change can be told in figures. Absent where the whole scope would be too large for one event. */
  @IsOptional()
  @IsObject()
  content?: Record<string, unknown>;
}

export class ApprovalRequested extends ApprovalFact {
  /** What the role approves, in words. */
  @IsString()
  scope: string;

  /** SHA-256 over the RFC 8785 bytes of the scope as it was when requested. */
  @Matches(sha256Pattern)
  evidence_hash: string;

  @IsString()
  requested_by: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ScopePart)
  parts?: ScopePart[];

  /** Until when it should be decided. Absent in requests that are older than due dates. */
  @IsOptional()
  @IsISO8601()
  due_at?: string;

  /** When somebody is reminded who has not decided. */
  @IsOptional()
  @IsISO8601()
  remind_at?: string;

  /** When it is still open then, it ends undecided and is requested anew. */
  @IsOptional()
  @IsISO8601()
  expires_at?: string;

  /** The request that this one takes the place of. */
  @IsOptional()
  @IsUUID()
  replaces?: string | null;
}

/** In whose place a delegate decided. */
export class OnBehalfOf {
  @IsString()
  user_id: string;

  @IsString()
  @MaxLength(255)
  name: string;
}

/** Who said what, in which role, on which evidence, and when this person last proved who they are. */
export class Signature {
  @IsString()
  @MaxLength(255)
  name: string;

  @IsISO8601()
  signed_at: string;

  /** What the signature says, in words. */
  @IsString()
  meaning: string;

  @Matches(sha256Pattern)
  evidence_hash: string;

  @IsOptional()
  @IsString()
  user_id?: string;

  @IsOptional()
  @IsIn(approvalRoles)
  role?: ApprovalRole;

  @IsOptional()
  @ValidateNested()
  @Type(() => OnBehalfOf)
  on_behalf_of?: OnBehalfOf | null;

  @IsOptional()
  @IsISO8601()
  authenticated_at?: string;
}

export class ApprovalGranted extends ApprovalFact {
  @Matches(sha256Pattern)
  evidence_hash: string;

  @IsString()
  decided_by: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;

  @IsDefined()
  @ValidateNested()
  @Type(() => Signature)
  signature: Signature;
}

export class ApprovalRejected extends ApprovalFact {
  @Matches(sha256Pattern)
  evidence_hash: string;

  @IsString()
  decided_by: string;

  @IsString()
  @MaxLength(4000)
  comment: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => Signature)
  signature?: Signature;
}

export class ApprovalVoided extends ApprovalFact {
  @IsString()
  reason: string;

  /** The parts of the scope that changed, in words. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];
}

/** Someone who could decide names another who may decide in their place. */
export class ApprovalDelegated extends ApprovalFact {
  @IsString()
  delegated_by: string;

  @IsString()
  @MaxLength(255)
  delegated_by_name: string;

  @IsString()
  to_user_id: string;

  @IsString()
  @MaxLength(255)
  to_name: string;

  @IsString()
  @MaxLength(4000)
  reason: string;

  @IsISO8601()
  delegated_at: string;

  @IsISO8601()
  authenticated_at: string;
}

export class ApprovalDelegationRevoked extends ApprovalFact {
  @IsString()
  revoked_by: string;

  @IsString()
  @MaxLength(4000)
  reason: string;
}

/** It is due soon. */
export class ApprovalReminded extends ApprovalFact {
  @IsISO8601()
  due_at: string;
}

/** It is overdue. Nobody may decide because of it: it is brought to the notice of more people. */
export class ApprovalEscalated extends ApprovalFact {
  @IsInt()
  @Min(1)
  @Max(2)
  level: 1 | 2;

  @IsISO8601()
  due_at: string;

  /** `person:<user_id>` or `role:<role>`. */
  @IsArray()
  @ArrayMinSize(1)
  @Matches(/^(person|role):./, { each: true })
  escalated_to: string[];
}

/** Nobody decided in time: the request is over, and another takes its place while its scope is complete. */
export class ApprovalExpired extends ApprovalFact {
  @IsISO8601()
  due_at: string;

  @IsISO8601()
  expires_at: string;
}

/** An open request has another due date. */
export class ApprovalRescheduled extends ApprovalFact {
  @IsISO8601()
  due_at: string;

  @IsISO8601()
  remind_at: string;

  @IsISO8601()
  expires_at: string;

  @IsString()
  rescheduled_by: string;
}

/** Said about an approval; it changes nothing that was signed. */
export class ApprovalCommented extends ApprovalFact {
  @IsString()
  commented_by: string;

  @IsString()
  @MaxLength(255)
  name: string;

  @IsString()
  @MaxLength(4000)
  comment: string;
}
