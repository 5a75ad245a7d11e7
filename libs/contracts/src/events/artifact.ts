import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
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
import {
  artifactKinds,
  evidenceMoments,
  flowInputKinds,
  type ArtifactKind,
  type EvidenceMoment,
  type FlowInputKind,
} from '../artifact-kinds.js';
import { sha256Pattern } from './flow.js';

class ArtifactFact {
  @IsUUID()
  artifact_id: string;

  @IsUUID()
  flow_id: string;

  /** Counts the contents of this artifact, from 1. */
  @IsInt()
  @Min(1)
  version: number;
}

/** The key of the content, wrapped by one provider, as an object of its own. */
export class ArtifactKeyWrap {
  @IsString()
  wrap_id: string;

  /** Below the content's folder. */
  @IsString()
  path: string;

  @IsString()
  version_id: string;

  @IsInt()
  stored_bytes: number;

  @Matches(sha256Pattern)
  stored_sha256: string;

  /** Which wrapping key made it. */
  @IsString()
  kek: string;
}

/** Where the encrypted content lies, and what opens it. */
export class ArtifactObject {
  /** Random; names the folder of this content. */
  @IsUUID()
  content_id: string;

  @IsString()
  bucket: string;

  /** Of the content; its wrapped keys lie beside it. */
  @IsString()
  key: string;

  @IsString()
  version_id: string;

  @IsInt()
  @Min(0)
  stored_bytes: number;

  @Matches(sha256Pattern)
  stored_sha256: string;

  @IsArray()
  @ArrayMinSize(2)
  @ValidateNested({ each: true })
  @Type(() => ArtifactKeyWrap)
  wraps: ArtifactKeyWrap[];
}

export class ArtifactAttached extends ArtifactFact {
  @IsIn(artifactKinds)
  kind: ArtifactKind;

  @IsOptional()
  @IsString()
  @MaxLength(255)
  title?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;

  @IsString()
  @MaxLength(255)
  filename: string;

  @IsString()
  media_type: string;

  /** Of the plain content. */
  @IsInt()
  @Min(1)
  size_bytes: number;

  /** Of the plain content. */
  @Matches(sha256Pattern)
  sha256: string;

  @IsString()
  uploaded_by: string;

  /** Of the facts that a document of the product states: while these stay the same it is not made anew. */
  @IsOptional()
  @Matches(sha256Pattern)
  basis_sha256?: string | null;

  /** Until when the store is to keep it; ArtifactLocked says that it does. */
  @IsISO8601()
  retain_until: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ArtifactObject)
  object: ArtifactObject;
}

/** A new content in the place of the last; the last is kept. */
export class ArtifactReplaced extends ArtifactAttached {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;
}

export class ArtifactWithdrawn extends ArtifactFact {
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;

  @IsString()
  withdrawn_by: string;
}

/** Retention was set on the content and its keys, and read back from the store. */
export class ArtifactLocked extends ArtifactFact {
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  mode: 'COMPLIANCE' | 'GOVERNANCE';

  @IsISO8601()
  retain_until: string;

  @IsInt()
  @Min(1)
  versions: number;
}

export class EvidenceRequirement {
  @IsIn(artifactKinds)
  kind: ArtifactKind;

  @IsBoolean()
  required: boolean;

  @IsIn(evidenceMoments)
  before: EvidenceMoment;
}

/** Which documents this flow needs; takes the place of the deployment's defaults. */
export class EvidenceRequirementsSet {
  @IsUUID()
  flow_id: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => EvidenceRequirement)
  requirements: EvidenceRequirement[];

  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  reason: string;

  @IsString()
  set_by: string;

  /** The kinds that this made other than they were; the rest of `requirements` stays as others set it. Missing in events from before it was told. */
  @IsOptional()
  @IsIn(artifactKinds, { each: true })
  changed?: ArtifactKind[] | null;
}

/** What a person filled in by hand for a flow, complete and checked. */
export class FlowInputSubmitted {
  @IsUUID()
  flow_id: string;

  @IsUUID()
  input_id: string;

  @IsIn(flowInputKinds)
  kind: FlowInputKind;

  /** As its kind describes it. */
  @IsObject()
  content: Record<string, unknown>;

  @IsString()
  submitted_by: string;
}
