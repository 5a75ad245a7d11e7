import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
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
import { artifactKinds, evidenceMoments, type ArtifactKind, type EvidenceMoment } from '../artifact-kinds.js';
import { EvidenceRequirement } from '../events/artifact.js';
import { sha256Pattern } from '../events/flow.js';

/** One content of a document. */
export class ArtifactVersionAnswer {
  @IsInt()
  version: number;

  @IsOptional()
  @IsString()
  title?: string | null;

  @IsOptional()
  @IsString()
  comment?: string | null;

  @IsString()
  filename: string;

  @IsString()
  media_type: string;

  @IsInt()
  size_bytes: number;

  /** Of the content as it was attached. */
  @Matches(sha256Pattern)
  sha256: string;

  @IsString()
  uploaded_by: string;

  @IsISO8601()
  uploaded_at: string;

  /** Why it took the place of the one before. */
  @IsOptional()
  @IsString()
  reason?: string | null;

  /** Until when the store keeps it. */
  @IsISO8601()
  retain_until: string;

  /** What the store said when that was read back; null until then. */
  @IsOptional()
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  retention_mode?: 'COMPLIANCE' | 'GOVERNANCE' | null;
}

export class ArtifactWithdrawal {
  @IsString()
  reason: string;

  @IsString()
  by: string;

  @IsISO8601()
  at: string;
}

/** A document of a flow; the fields of its present content are its own. */
export class ArtifactAnswer extends ArtifactVersionAnswer {
  @IsUUID()
  artifact_id: string;

  @IsUUID()
  flow_id: string;

  @IsIn(artifactKinds)
  kind: ArtifactKind;

  @IsIn(['attached', 'withdrawn'])
  status: 'attached' | 'withdrawn';

  @IsOptional()
  @ValidateNested()
  @Type(() => ArtifactWithdrawal)
  withdrawn?: ArtifactWithdrawal | null;

  /** Whether the product made it. */
  @IsBoolean()
  made_by_product: boolean;

  /** Where the content is downloaded. */
  @IsString()
  content_url: string;
}

export class ArtifactDetailAnswer extends ArtifactAnswer {
  /** All contents, oldest first. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ArtifactVersionAnswer)
  history: ArtifactVersionAnswer[];
}

/** The text fields of the form, beside `file`. */
export class AttachArtifactForm {
  @IsIn(artifactKinds)
  kind: ArtifactKind;

  @IsOptional()
  @IsString()
  @MaxLength(255)
  title?: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string;
}

export class ReplaceArtifactForm {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;

  @IsOptional()
  @IsString()
  @MaxLength(255)
  title?: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string;
}

export class WithdrawArtifactRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;
}

export class EvidenceRequirementAnswer {
  @IsIn(artifactKinds)
  kind: ArtifactKind;

  @IsString()
  title: string;

  @IsBoolean()
  required: boolean;

  @IsIn(evidenceMoments)
  before: EvidenceMoment;

  /** Roles whose people attach it; empty when the product makes it. */
  @IsArray()
  @IsString({ each: true })
  attached_by: string[];

  /** The documents that satisfy it now. */
  @IsArray()
  @IsUUID(undefined, { each: true })
  satisfied_by: string[];

  /** What to do when it is missing. */
  @IsString()
  hint: string;

  /** Whether this flow says so itself, and who said it why; null while the deployment's default holds. */
  @IsOptional()
  @IsString()
  set_by?: string | null;

  @IsOptional()
  @IsString()
  set_reason?: string | null;
}

export class SetEvidenceRequirementsRequest {
  /** Kinds that are not named stay as they are. */
  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => EvidenceRequirement)
  requirements: EvidenceRequirement[];

  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;
}
