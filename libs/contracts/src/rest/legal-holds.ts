import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { HoldScope } from '../events/legal-hold.js';

const somethingSaid = { message: '$property must say something' };

/** Names a system, or the job whose archive is to be kept. */
export class PlaceLegalHoldRequest {
  @IsString()
  @MaxLength(255)
  @Matches(/\S/, somethingSaid)
  matter: string;

  @IsOptional()
  @IsUUID()
  system_id?: string | null;

  @IsOptional()
  @IsUUID()
  job_id?: string | null;

  @IsString()
  @MaxLength(2000)
  @Matches(/\S/, somethingSaid)
  reason: string;

  @IsOptional()
  @IsString()
  @MaxLength(255)
  reference?: string | null;
}

export class ReleaseLegalHoldRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  @Matches(/\S/, somethingSaid)
  reason: string;
}

/** One matter's hold on one system or archive. */
export class LegalHoldAnswer {
  @IsUUID()
  hold_id: string;

  @IsString()
  matter: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => HoldScope)
  scope: HoldScope;

  @IsIn(['standing', 'released'])
  status: 'standing' | 'released';

  @IsString()
  reason: string;

  @IsOptional()
  @IsString()
  reference?: string | null;

  @IsString()
  placed_by: string;

  @IsISO8601()
  placed_at: string;

  @IsOptional()
  @IsString()
  release_reason?: string | null;

  @IsOptional()
  @IsString()
  released_by?: string | null;

  @IsOptional()
  @IsISO8601()
  released_at?: string | null;
}

/** A hold as a job shows it. */
export class JobLegalHold {
  @IsUUID()
  hold_id: string;

  @IsString()
  matter: string;

  @IsIn(['system', 'archive'])
  scope: 'system' | 'archive';

  @IsISO8601()
  placed_at: string;

  /** Whether the object store keeps the archive's objects under legal hold as well; false while it does not yet, or when there is no archive. */
  @IsBoolean()
  set_in_store: boolean;
}
