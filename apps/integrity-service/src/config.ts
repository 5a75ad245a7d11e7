import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { FromText, WebAddress } from '@lastcopy/platform';
import { AnchorConfig } from './anchor/anchor-config.js';

export class IntegrityServiceConfig extends AnchorConfig {
  @IsOptional()
  @WebAddress('S3_ENDPOINT')
  S3_ENDPOINT?: string;

  @IsString()
  S3_REGION: string = 'us-east-1';

  /** Credentials of this service alone. They need to read objects, versions and retention, and nothing else. */
  @IsString()
  S3_ACCESS_KEY_ID: string;

  @IsString()
  S3_SECRET_ACCESS_KEY: string;

  /** A role that may create databases on a server where archived databases are restored for the proof. Nothing else lives there. */
  @Matches(/^postgres(ql)?:\/\//, { message: 'SCRATCH_DATABASE_URL must be a postgres:// URL' })
  SCRATCH_DATABASE_URL: string;

  /** Folder of wrapping keys in files (development only); read, never written. Absent: KEYS_DIR. */
  @IsOptional()
  @IsString()
  WRAPPING_KEYS_DIR?: string;

  /** Verifications that this process carries out at a time. 0 for a process that only takes commands. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(32)
  VERIFIERS: number = 2;

  /** A verifier that has not renewed its lease for this long is taken for dead. */
  @FromText()
  @IsInt()
  @Min(500)
  LEASE_MS: number = 30_000;

  @FromText()
  @IsInt()
  @Min(10)
  POLL_MS: number = 200;

  /** Pause after a check that could not be carried out; it doubles up to the maximum. */
  @FromText()
  @IsInt()
  @Min(10)
  VERIFY_RETRY_BASE_MS: number = 5_000;

  @FromText()
  @IsInt()
  @Min(10)
  VERIFY_RETRY_MAX_MS: number = 300_000;

  /** An alert is raised when a check could not be carried out this many times in a row. */
  @FromText()
  @IsInt()
  @Min(1)
  VERIFY_ALERT_AFTER: number = 5;

  /** How often scratch databases that a crash left behind are looked for. */
  @FromText()
  @IsInt()
  @Min(1_000)
  SCRATCH_SWEEP_INTERVAL_MS: number = 600_000;

  /** The object store may be silent for this long before a read counts as stalled. */
  @FromText()
  @IsInt()
  @Min(100)
  STORE_INACTIVITY_MS: number = 60_000;
}
