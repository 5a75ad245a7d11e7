import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { sourceKinds, tlsModes, type SourceKind, type TlsMode } from './vocabulary.js';

const isDatabase = (source: SourceDescription) => source.kind === 'postgresql';
const isDirectory = (source: SourceDescription) => source.kind === 'directory';

/** Where a system's data lies, in structured fields: never a connection string, never a password (`secret_ref` names one). */
export class SourceDescription {
  @IsIn(sourceKinds)
  kind: SourceKind;

  @ValidateIf(isDatabase)
  @Matches(/^[A-Za-z0-9.:_-]{1,253}$/, { message: 'host must be a host name or an address' })
  host?: string;

  @ValidateIf(isDatabase)
  @IsInt()
  @Min(1)
  @Max(65535)
  port?: number;

  @ValidateIf(isDatabase)
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  database?: string;

  @ValidateIf(isDatabase)
  @IsString()
  @IsNotEmpty()
  @MaxLength(63)
  user?: string;

  @ValidateIf(isDatabase)
  @Matches(/^[a-z0-9][a-z0-9._-]{0,127}$/, {
    message: 'secret_ref must be a name of lower-case letters, digits, dots, dashes or underscores',
  })
  secret_ref?: string;

  /** @default `disable` on loopback, `verify-full` anywhere else */
  @IsOptional()
  @IsIn(tlsModes)
  tls?: TlsMode;

  /** Absolute path of the directory's root. */
  @ValidateIf(isDirectory)
  @Matches(/^\//, { message: 'path must be absolute' })
  @MaxLength(4096)
  path?: string;

  /** A source without anything in it is archived only if this says that it is meant. @default false */
  @IsOptional()
  @IsBoolean()
  allow_empty?: boolean;
}
