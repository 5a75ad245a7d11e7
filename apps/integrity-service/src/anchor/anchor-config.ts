import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';
import { FromText, ServiceConfig } from '@lastcopy/platform';

const anchored = ({ ANCHOR_BUCKET }: AnchorConfig): boolean => ANCHOR_BUCKET !== undefined;

/** Where the signed heads of the logs are kept. Without a bucket none are taken. */
export class AnchorConfig extends ServiceConfig {
  /** A bucket with versions and Object Lock. */
  @IsOptional()
  @IsString()
  ANCHOR_BUCKET?: string;

  /** May put, list and read objects and set and read retention in that bucket, and nothing else: what reads the archives stays read-only. */
  @ValidateIf(anchored)
  @IsString()
  @IsNotEmpty()
  ANCHOR_S3_ACCESS_KEY_ID?: string;

  @ValidateIf(anchored)
  @IsString()
  @IsNotEmpty()
  ANCHOR_S3_SECRET_ACCESS_KEY?: string;

  /** An anchor a day, unless told otherwise. */
  @FromText()
  @IsInt()
  @Min(1_000)
  ANCHOR_INTERVAL_MS: number = 86_400_000;

  @FromText()
  @IsInt()
  @Min(50)
  ANCHOR_POLL_MS: number = 5_000;

  @FromText()
  @IsInt()
  @Min(1)
  @Max(36_500)
  ANCHOR_RETENTION_DAYS: number = 3_650;

  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  ANCHOR_RETENTION_MODE: 'COMPLIANCE' | 'GOVERNANCE' = 'COMPLIANCE';
}
