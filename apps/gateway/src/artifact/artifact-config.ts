import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { artifactKinds, evidenceMoments, type EvidenceRequirement } from '@lastcopy/contracts';
import { FromText, WebAddress } from '@lastcopy/platform';
import { SignInConfig } from '../sign-in/sign-in-config.js';
import { neverRequired, onlyAfterArchiving } from './domain/artifact-rules.js';

const required = artifactKinds.filter((kind) => !neverRequired.includes(kind));
const withMoment = artifactKinds.flatMap((kind) => ['', ...evidenceMoments.map((moment) => `:${moment}`)].map((end) => `${kind}${end}`));
const possible = withMoment.filter((each) => {
  const [kind, moment] = each.split(':') as [(typeof artifactKinds)[number], string?];
  return required.includes(kind) && !(moment === 'start' && onlyAfterArchiving.includes(kind));
});

const NamesFromText = () =>
  Transform(({ value }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((each) => each.trim())
          .filter(Boolean)
      : value,
  );

/** Where documents are kept, how large they may be, and which ones a flow needs. */
export class ArtifactConfig extends SignInConfig {
  /** Absent: AWS's own endpoints. */
  @IsOptional()
  @WebAddress('S3_ENDPOINT')
  S3_ENDPOINT?: string;

  @IsString()
  S3_REGION: string = 'us-east-1';

  /** Credentials that reach the bucket of the documents and no archive. */
  @IsString()
  @IsNotEmpty()
  S3_ACCESS_KEY_ID: string;

  @IsString()
  @IsNotEmpty()
  S3_SECRET_ACCESS_KEY: string;

  /** COMPLIANCE: nobody can shorten it. GOVERNANCE can be lifted by whoever holds that permission: for development. */
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  RETENTION_MODE: 'COMPLIANCE' | 'GOVERNANCE' = 'COMPLIANCE';

  /** Folder of the documents' wrapping keys in files (development only); never that of the archives. Absent: KEYS_DIR. */
  @IsOptional()
  @IsString()
  WRAPPING_KEYS_DIR?: string;

  @Matches(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^\s]*)?$/, { message: 'ARTIFACT_LOCATION must be s3://bucket/prefix' })
  ARTIFACT_LOCATION: string = 's3://artifact-bucket/artifacts';

  /** The largest file that is taken. */
  @FromText()
  @IsInt()
  @Min(1)
  @Max(5 * 1024 ** 3)
  ARTIFACT_MAX_BYTES: number = 100 * 1024 * 1024;

  /** Documents are kept at least this long, and as long as the archive of their flow that is kept longest. */
  @FromText()
  @IsInt()
  @Min(1)
  @Max(36_500)
  ARTIFACT_RETENTION_DAYS: number = 2555;

  /** Kinds that a flow needs, separated by commas, each with `:start` when archiving may not begin without it. */
  @NamesFromText()
  @IsArray()
  @IsIn(possible, { each: true, message: `EVIDENCE_REQUIRED_KINDS may name, separated by commas: ${possible.join(', ')}` })
  EVIDENCE_REQUIRED_KINDS: string[] = [...required];

  /** How often the gateway looks for documents to protect, to make or to remove. */
  @FromText()
  @IsInt()
  @Min(50)
  ARTIFACT_INTERVAL_MS: number = 1_000;

  /** An upload that nothing happened to for longer is removed; longer than any request lasts. */
  @FromText()
  @IsInt()
  @Min(600_000)
  ARTIFACT_ABANDONED_MS: number = 6 * 3_600_000;
}

/** What every flow needs unless it says otherwise; one entry a kind. */
export function defaultRequirements({ EVIDENCE_REQUIRED_KINDS }: Pick<ArtifactConfig, 'EVIDENCE_REQUIRED_KINDS'>): EvidenceRequirement[] {
  const has = (name: string) => EVIDENCE_REQUIRED_KINDS.includes(name);
  return artifactKinds.map((kind) => {
    const atStart = has(`${kind}:start`);
    return { kind, required: atStart || has(kind) || has(`${kind}:transition`), before: atStart ? 'start' : 'transition' };
  });
}
