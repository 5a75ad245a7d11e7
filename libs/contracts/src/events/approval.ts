import { Type } from 'class-transformer';
import { IsDefined, IsArray, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
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
}

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
}

export class ApprovalVoided extends ApprovalFact {
  @IsString()
  reason: string;

  /** The parts of the scope that changed, in words. */
  @IsArray()
  @IsString({ each: true })
  changed: string[];
}
