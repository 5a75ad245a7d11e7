import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, Min, MinLength, ValidateBy } from 'class-validator';
import { CodedError } from '@lastcopy/kernel';
import { FromText, namesUser, ServiceConfig, WebAddress } from '@lastcopy/platform';
import { isRole, roles } from './permissions.js';

const JsonFromText = () =>
  Transform(({ value }: { value: unknown }) => {
    try {
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    } catch {
      return value;
    }
  });

const isRoleMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((role) => typeof role === 'string' && isRole(role));

/** Whose tokens are accepted, what their claims are called, and how much anybody may ask. */
export class SignInConfig extends ServiceConfig {
  /** Development only: tokens signed with this secret (HS256) are accepted. Refused where LASTCOPY_ENV or NODE_ENV is production. */
  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'DEV_TOKEN_SECRET must have at least 32 characters' })
  DEV_TOKEN_SECRET?: string;

  /** File of public keys (JWKS) whose tokens are accepted. */
  @IsOptional()
  @IsString()
  AUTH_JWKS_FILE?: string;

  /** Where the issuer publishes its keys. Absent, and without a file: asked of the issuer's /.well-known/openid-configuration. */
  @IsOptional()
  @WebAddress('AUTH_JWKS_URI')
  AUTH_JWKS_URI?: string;

  /** The `iss` of accepted tokens, to the letter. */
  @IsString()
  AUTH_ISSUER: string = 'lastcopy-development';

  @IsString()
  AUTH_AUDIENCE: string = 'lastcopy';

  /** How far the issuer's clock may be off. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(120)
  AUTH_CLOCK_TOLERANCE_S: number = 30;

  /** Claims by name, or by the path to them: `realm_access.roles`. */
  @IsString()
  AUTH_ROLES_CLAIM: string = 'roles';

  @IsString()
  AUTH_CLIENT_ACCOUNT_CLAIM: string = 'client_account_id';

  /** One engagement, or a list of those that a person belongs to. */
  @IsString()
  AUTH_ENGAGEMENTS_CLAIM: string = 'engagement_id';

  /** JSON: the provider's group → our role. With it, only groups that it names count. */
  @IsOptional()
  @JsonFromText()
  @ValidateBy({
    name: 'isRoleMap',
    validator: {
      validate: isRoleMap,
      defaultMessage: () => `AUTH_ROLE_MAP must be a JSON object from a group to one of ${roles.join(', ')}`,
    },
  })
  AUTH_ROLE_MAP?: Record<string, string>;

  /** Marks the tokens that machines get for themselves: a claim that only they have, or `claim=value`. */
  @IsOptional()
  @IsString()
  AUTH_SERVICE_ACCOUNT_CLAIM?: string;

  /** The development issuer with its demo people, under /dev-issuer. */
  @IsIn(['on', 'off'])
  DEV_ISSUER: 'on' | 'off' = 'off';

  /** The tenant that the demo people belong to. */
  @IsOptional()
  @IsUUID()
  DEV_CLIENT_ACCOUNT_ID?: string;

  @IsOptional()
  @IsUUID()
  DEV_ENGAGEMENT_ID?: string;

  /** What the demo service account signs in with. Absent: there is none. */
  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'DEV_SERVICE_ACCOUNT_SECRET must have at least 32 characters' })
  DEV_SERVICE_ACCOUNT_SECRET?: string;

  /** How people reach the gateway. Absent: the address that it listens on. */
  @IsOptional()
  @WebAddress('PUBLIC_URL')
  PUBLIC_URL?: string;

  /** What one person or machine may ask in a minute. */
  @FromText()
  @IsInt()
  @Min(1)
  RATE_LIMIT_PER_MINUTE: number = 6_000;

  /** What one address may ask in a minute, signed in or not. */
  @FromText()
  @IsInt()
  @Min(1)
  RATE_LIMIT_PER_ADDRESS: number = 12_000;

  /** How many refused tokens of one address are looked at in a minute. */
  @FromText()
  @IsInt()
  @Min(1)
  FAILED_SIGN_INS_PER_MINUTE: number = 60;

  /** Proxies in front, as Express' "trust proxy" reads them (addresses, networks, `loopback`): their X-Forwarded-For is believed. */
  @IsOptional()
  @IsString()
  TRUSTED_PROXIES?: string;
}

const invalid = (message: string): never => {
  throw new CodedError('CONFIGURATION_INVALID', message);
};

export const isWebUrl = (text: string): boolean => /^https?:\/\//.test(text);

/** Keys that come over an open line could be anybody's. */
function refusePlainHttp(config: SignInConfig): void {
  if (config.LASTCOPY_ENV !== 'production') return;
  for (const name of ['AUTH_ISSUER', 'AUTH_JWKS_URI'] as const) {
    if (config[name]?.startsWith('http://')) invalid(`${name} must be an https URL: keys that come in plain text could be anybody's`);
  }
}

function refuseDevelopmentSignIn(config: SignInConfig, nodeEnv: string | undefined): void {
  const given = [config.DEV_TOKEN_SECRET && 'DEV_TOKEN_SECRET', config.DEV_ISSUER === 'on' && 'DEV_ISSUER'].filter(Boolean);
  const says = [config.LASTCOPY_ENV === 'production' && 'LASTCOPY_ENV', nodeEnv === 'production' && 'NODE_ENV'].filter(Boolean);
  // Two names of one thing, and either may be forgotten: where one says production, nobody signs in as anybody.
  if (given.length > 0 && says.length > 0) {
    invalid(
      `${given.join(' and ')} must be removed, for ${says.join(' and ')} says production: whoever has them signs in as anybody. ` +
        'Set AUTH_ISSUER and AUTH_AUDIENCE of your identity provider; on a development machine set LASTCOPY_ENV and NODE_ENV to development',
    );
  }
  if (config.DEV_ISSUER === 'off') return;
  if (!config.DEV_CLIENT_ACCOUNT_ID || !config.DEV_ENGAGEMENT_ID) {
    invalid('DEV_ISSUER needs DEV_CLIENT_ACCOUNT_ID and DEV_ENGAGEMENT_ID: the tenant of its demo people');
  }
}

/** Throws CONFIGURATION_INVALID when nobody could sign in, or people could who must not. @param nodeEnv the environment's NODE_ENV */
export function checkSignIn(config: SignInConfig, nodeEnv: string | undefined): void {
  refuseDevelopmentSignIn(config, nodeEnv);
  refusePlainHttp(config);
  const { DEV_TOKEN_SECRET, AUTH_JWKS_FILE, AUTH_JWKS_URI, AUTH_ISSUER, DEV_ISSUER } = config;
  if (namesUser(AUTH_ISSUER)) invalid('AUTH_ISSUER must not hold a user or password: it stands in every token');
  if (AUTH_JWKS_FILE && AUTH_JWKS_URI) invalid('Set AUTH_JWKS_FILE or AUTH_JWKS_URI, not both');
  if (!DEV_TOKEN_SECRET && !AUTH_JWKS_FILE && !AUTH_JWKS_URI && !isWebUrl(AUTH_ISSUER) && DEV_ISSUER === 'off') {
    invalid(
      "Nobody could sign in: set AUTH_ISSUER to your provider's URL, or AUTH_JWKS_FILE (in development also DEV_TOKEN_SECRET or DEV_ISSUER)",
    );
  }
}
