import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

export const holdScopeKinds = ['system', 'archive'] as const;
export type HoldScopeKind = (typeof holdScopeKinds)[number];

/** What a hold preserves: a system with its source and all its archives, or the archive of one job. */
export class HoldScope {
  @IsIn(holdScopeKinds)
  kind: HoldScopeKind;

  @IsUUID()
  system_id: string;

  /** Of an archive. */
  @IsOptional()
  @IsUUID()
  job_id?: string | null;
}

class LegalHoldFact {
  @IsUUID()
  hold_id: string;

  /** The case that it is for. */
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  matter: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => HoldScope)
  scope: HoldScope;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

export class LegalHoldPlaced extends LegalHoldFact {
  @IsString()
  placed_by: string;

  /** File number or the like, in the words of those who ask. */
  @IsOptional()
  @IsString()
  @MaxLength(255)
  reference?: string | null;
}

export class LegalHoldReleased extends LegalHoldFact {
  @IsString()
  released_by: string;
}

/** Whether the object store itself keeps the versions of an archive under legal hold now. */
export class ArchiveHoldSet {
  @IsUUID()
  job_id: string;

  @IsInt()
  @Min(1)
  attempt: number;

  @IsBoolean()
  held: boolean;

  /** How many object versions were set. */
  @IsInt()
  @Min(0)
  versions: number;
}
