import { Type } from 'class-transformer';
import {
  IsDefined,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { alertSeverities, verificationLevels, type AlertSeverity, type VerificationLevel } from '../vocabulary.js';
import { AttemptFact, ManifestLocation } from './archive.js';
import { sha256Pattern } from './flow.js';

class VerificationFact extends AttemptFact {
  @IsUUID()
  verification_id: string;
}

export class VerificationRequested extends VerificationFact {
  @IsUUID()
  system_id: string;

  @IsIn(verificationLevels)
  level: VerificationLevel;

  @IsDefined()
  @ValidateNested()
  @Type(() => ManifestLocation)
  manifest: ManifestLocation;

  @Matches(sha256Pattern)
  manifest_sha256: string;

  @IsString()
  reason: string;
}

export class VerificationCheck {
  /** For instance `restored: table 3 rows`. No table name: those are personal or confidential at times. */
  @IsString()
  name: string;

  @IsBoolean()
  passed: boolean;

  @IsString()
  expected: string;

  @IsString()
  actual: string;
}

export class IntegrityVerified extends VerificationFact {
  /** The highest level that was proven. */
  @IsIn(verificationLevels)
  level: VerificationLevel;

  @Matches(sha256Pattern)
  manifest_sha256: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => VerificationCheck)
  checks: VerificationCheck[];

  /** SHA-256 over the RFC 8785 bytes of the attestation's payload. */
  @Matches(sha256Pattern)
  evidence_sha256: string;

  /** Compact JWS by the integrity-service over the attestation. */
  @IsString()
  attestation: string;
}

export class IntegrityFailed extends VerificationFact {
  @IsIn(verificationLevels)
  level: VerificationLevel;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => VerificationCheck)
  checks: VerificationCheck[];

  @Matches(sha256Pattern)
  evidence_sha256: string;

  @IsString()
  code: string;

  /** Names the object or figure that is wrong. */
  @IsString()
  message: string;
}

export class RetentionVerified extends VerificationFact {
  @IsIn(['COMPLIANCE', 'GOVERNANCE'])
  mode: 'COMPLIANCE' | 'GOVERNANCE';

  @IsISO8601()
  retain_until: string;

  @IsInt()
  versions: number;
}

export class AlertRaised {
  @IsUUID()
  alert_id: string;

  @IsIn(alertSeverities)
  severity: AlertSeverity;

  @IsString()
  code: string;

  @IsString()
  message: string;

  @IsString()
  what_to_do: string;

  @IsOptional()
  @IsUUID()
  flow_id?: string | null;

  @IsOptional()
  @IsUUID()
  job_id?: string | null;

  /** The document that it is about. */
  @IsOptional()
  @IsUUID()
  artifact_id?: string;
}
