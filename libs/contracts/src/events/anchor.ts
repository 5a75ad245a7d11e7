import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Matches, Min, ValidateNested } from 'class-validator';
import { serviceNames, type ServiceName } from '../services.js';
import { sha256Pattern } from './flow.js';

/** Where a service's log ended. */
export class AnchoredHead {
  @IsIn(serviceNames)
  source: ServiceName;

  @IsUUID()
  epoch: string;

  @IsInt()
  @Min(1)
  position: number;

  @Matches(sha256Pattern)
  hash: string;
}

/** The heads of all logs were signed and put under lock in the object store: a log that is rewritten or cut afterwards contradicts them. */
export class LogAnchored {
  @IsUUID()
  anchor_id: string;

  /** Counts the anchors, from 1. */
  @IsInt()
  @Min(1)
  anchor_no: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AnchoredHead)
  heads: AnchoredHead[];

  @IsString()
  bucket: string;

  @IsString()
  key: string;

  @IsOptional()
  @IsString()
  version_id?: string | null;

  /** Of the object's bytes, a compact JWS by the integrity-service. */
  @Matches(sha256Pattern)
  sha256: string;

  /** Of the anchor before; null for the first. */
  @IsOptional()
  @Matches(sha256Pattern)
  previous_sha256?: string | null;

  @IsOptional()
  @IsISO8601()
  retain_until?: string | null;
}
