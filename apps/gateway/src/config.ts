import { IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { CodedError } from '@lastcopy/kernel';
import { FromText, loadConfig } from '@lastcopy/platform';
import { ArtifactConfig } from './artifact/artifact-config.js';

export class GatewayConfig extends ArtifactConfig {
  /** Development only: tokens signed with this secret (HS256) are accepted. */
  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'DEV_TOKEN_SECRET must have at least 32 characters' })
  DEV_TOKEN_SECRET?: string;

  /** Public keys (JWKS) whose tokens are accepted. */
  @IsOptional()
  @IsString()
  AUTH_JWKS_FILE?: string;

  @IsString()
  AUTH_ISSUER: string = 'lastcopy-development';

  @IsString()
  AUTH_AUDIENCE: string = 'lastcopy';

  /** How long an answer waits until the caller can read what the call wrote; then it is 202. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(30_000)
  READ_YOUR_WRITES_MS: number = 3_000;

  /** How long the services may take to seal a flow before the gate is given up. */
  @FromText()
  @IsInt()
  @Min(100)
  @Max(300_000)
  TRANSITION_TIMEOUT_MS: number = 15_000;
}

/** The gateway's settings. Throws CONFIGURATION_INVALID with every fault; development tokens never work in production. */
export function gatewayConfig(env: Record<string, string | undefined>): GatewayConfig {
  const config = loadConfig(GatewayConfig, env);
  if (config.LASTCOPY_ENV === 'production' && config.DEV_TOKEN_SECRET) {
    throw new CodedError('CONFIGURATION_INVALID', 'DEV_TOKEN_SECRET is for development; remove it, or set LASTCOPY_ENV=development');
  }
  if (!config.DEV_TOKEN_SECRET && !config.AUTH_JWKS_FILE) {
    throw new CodedError('CONFIGURATION_INVALID', 'Nobody could sign in: set AUTH_JWKS_FILE (or, in development, DEV_TOKEN_SECRET)');
  }
  return config;
}
