import { Type } from 'class-transformer';
import { IsDefined, IsOptional, IsString, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { HoldScope } from '../events/legal-hold.js';

/** Answers `{hold_id}`. The same matter on the same scope is one hold: placing it while it stands changes nothing. */
export class PlaceLegalHold {
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

  @IsOptional()
  @IsString()
  @MaxLength(255)
  reference?: string | null;
}

export class ReleaseLegalHold {
  @IsUUID()
  hold_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}
