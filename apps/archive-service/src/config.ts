import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsNotEmpty, IsNumber, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator';
import { FromText, ServiceConfig, WebAddress } from '@lastcopy/platform';
import { faultSteps, type FaultStep } from './fault-point.js';

const NumbersFromText = () =>
  Transform(({ value }) => (typeof value === 'string' ? value.split(',').map((each) => Number(each.trim())) : value));

export class ArchiveServiceConfig extends ServiceConfig {
  /** Absent: AWS's own endpoints. */
  @IsOptional()
  @WebAddress('S3_ENDPOINT')
  S3_ENDPOINT?: string;

  @IsString()
  S3_REGION: string = 'us-east-1';

  @IsString()
  @IsNotEmpty()
  S3_ACCESS_KEY_ID: string;

  @IsString()
  @IsNotEmpty()
  S3_SECRET_ACCESS_KEY: string;

  /** COMPLIANCE: nobody can shorten it. GOVERNANCE can be lifted by whoever holds that permission: for development. */
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  RETENTION_MODE: 'COMPLIANCE' | 'GOVERNANCE' = 'COMPLIANCE';

  /**
   * `host:port`, `host:*` and absolute folders, each after `<client_account_id>=`, separated by commas; nothing else is ever contacted or
   * read. In development an entry without an account is every tenant's.
   */
  @IsString()
  SOURCE_ALLOW_LIST: string = '';

  /** Names of the buckets that archives may go to, separated by commas. Absent: every bucket that the credentials reach. */
  @IsOptional()
  @Matches(/^[a-z0-9.-]+(,[a-z0-9.-]+)*$/, { message: 'BUCKET_ALLOW_LIST must be names of buckets, separated by commas' })
  BUCKET_ALLOW_LIST?: string;

  /** Folder of wrapping keys in files (development only). Absent: KEYS_DIR. */
  @IsOptional()
  @IsString()
  WRAPPING_KEYS_DIR?: string;

  @IsIn(['file', 'environment'])
  SECRETS_PROVIDER: 'file' | 'environment' = 'file';

  /** A folder for each client account, in it a file for each secret. */
  @ValidateIf(({ SECRETS_PROVIDER }: ArchiveServiceConfig) => SECRETS_PROVIDER === 'file')
  @IsString({ message: 'SECRETS_DIR must name the folder of the secrets (or set SECRETS_PROVIDER=environment)' })
  SECRETS_DIR?: string;

  /** Jobs that this process works on at a time; 0 for a process that only answers commands. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(16)
  WORKERS: number = 2;

  /** Without a renewal for this long, a job is another worker's. */
  @FromText()
  @IsInt()
  @Min(500)
  @Max(600_000)
  LEASE_MS: number = 30_000;

  /** How often in a row a job may lose its worker before a person must look. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(100)
  TAKEOVER_CAP: number = 5;

  /** Seconds before each automatic retry of a transient failure; their number is the number of retries. */
  @NumbersFromText()
  @IsNumber({}, { each: true, message: 'ARCHIVE_RETRY_DELAYS_S must be seconds, separated by commas' })
  @Min(0, { each: true })
  @Max(86_400, { each: true })
  @ArrayMaxSize(20)
  ARCHIVE_RETRY_DELAYS_S: number[] = [60, 300, 900];

  @FromText()
  @IsInt()
  @Min(100)
  SWEEP_INTERVAL_MS: number = 600_000;

  /** Jobs that nothing happened to for longer are swept no more. */
  @FromText()
  @IsInt()
  @Min(1)
  SWEEP_HORIZON_DAYS: number = 30;

  /** How long the source may send, or the store may take, nothing. */
  @FromText()
  @IsInt()
  @Min(100)
  INACTIVITY_MS: number = 60_000;

  /** How long the export waits for other sessions' locks on the tables. */
  @FromText()
  @IsInt()
  @Min(100)
  LOCK_TIMEOUT_MS: number = 10_000;

  /** Stored size of one part object. */
  @FromText()
  @IsInt()
  @Min(1_048_576)
  @Max(4_294_967_296)
  PART_MAX_BYTES: number = 268_435_456;

  /** Development only: the process dies at this step, so that tests can break it there. */
  @IsOptional()
  @IsIn(faultSteps)
  LASTCOPY_FAULT_POINT?: FaultStep;
}

const secretPrefix = 'LASTCOPY_SECRET_';

/** The secrets that the environment holds, by variable name. */
export const secretVariables = (env: Record<string, string | undefined>): ReadonlyMap<string, string> =>
  new Map(Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith(secretPrefix) && entry[1] !== undefined));
