import { IsNotEmpty, IsString, IsUUID, Matches, MaxLength, ValidateBy } from 'class-validator';
import { parseAs, type Actor } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { readsLikeService } from '../approval/domain/same-person.js';
import { isRole, permissions, permissionsOfRoles, type Permission } from './permissions.js';
import type { SignInConfig } from './sign-in-config.js';

export type ClaimNames = Pick<
  SignInConfig,
  'AUTH_ROLES_CLAIM' | 'AUTH_CLIENT_ACCOUNT_CLAIM' | 'AUTH_ENGAGEMENTS_CLAIM' | 'AUTH_ROLE_MAP' | 'AUTH_SERVICE_ACCOUNT_CLAIM'
>;

/** What a verified token says. A person may belong to several engagements of one client account. */
export interface Identity {
  actor: Actor;
  email: string | null;
  client_account_id: string;
  engagement_ids: string[];
  permissions: ReadonlySet<Permission>;
}

type Payload = Record<string, unknown>;

class Claims {
  /** Our own services act under `service:` names in the log; nobody outside may, nor under what reads like it (`ｓｅｒｖｉｃｅ：`). */
  @ValidateBy({
    name: 'isNoService',
    validator: {
      validate: (sub: unknown) => typeof sub === 'string' && !readsLikeService(sub),
      defaultMessage: () => 'sub must not begin with "service:"',
    },
  })
  @Matches(/^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}]*(?<!\s)$/u, { message: 'sub must hold no invisible characters, and no space at its ends' })
  @MaxLength(255)
  @IsNotEmpty()
  @IsString()
  sub: string;

  @MaxLength(255)
  @IsString()
  name: string;

  @IsUUID()
  client_account_id: string;

  @IsUUID(undefined, { each: true })
  engagement_ids: string[];
}

/** A claim by its name, which may itself hold dots (a URL), or else by the path to it. */
export function claimAt(payload: Payload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let found: unknown = payload;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Payload)[part];
  }
  return found;
}

/** Providers write lists as arrays, or as one text with spaces. */
const listOf = (value: unknown): string[] => {
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** A NumericDate (seconds since 1970) as ISO 8601; null when it is none. */
const timeOf = (seconds: unknown): string | null => {
  const time = new Date(typeof seconds === 'number' ? seconds * 1000 : NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
};

function hasMark(payload: Payload, mark: string): boolean {
  const [name, ...value] = mark.split('=');
  const found = claimAt(payload, name!);
  return value.length > 0 ? String(found) === value.join('=') : found !== undefined && found !== null && found !== false;
}

/** A token that a client got for itself: no person signed in for it. */
function isServiceAccount(payload: Payload, { AUTH_SERVICE_ACCOUNT_CLAIM: mark }: ClaimNames): boolean {
  const { sub, client_id, azp, gty, idtyp } = payload;
  if (mark && hasMark(payload, mark)) return true;
  return gty === 'client-credentials' || gty === 'client_credentials' || idtyp === 'app' || client_id === sub || azp === sub;
}

function rolesIn(payload: Payload, { AUTH_ROLES_CLAIM, AUTH_ROLE_MAP: map }: ClaimNames): string[] {
  const named = listOf(claimAt(payload, AUTH_ROLES_CLAIM));
  const ours = map ? named.flatMap((name) => (Object.hasOwn(map, name) ? [map[name]!] : [])) : named;
  return [...new Set(ours.filter(isRole))];
}

/** A machine may do what its token's scope names, and never decides what a person must. */
function permissionsOfScope(payload: Payload): Set<Permission> {
  const scope = new Set([...listOf(payload.scope), ...listOf(payload.scp)]);
  return new Set(permissions.filter((permission) => permission !== 'decommission.approve' && scope.has(permission)));
}

/** Who a verified token's payload names. Throws UNAUTHENTICATED that says which claim is missing, never what it holds. */
export function identityOf(payload: Payload, names: ClaimNames): Identity {
  const machine = isServiceAccount(payload, names);
  const email = textOf(payload.email);
  const name = textOf(payload.name) ?? textOf(payload.preferred_username) ?? email ?? textOf(payload.sub);
  const client_account_id = claimAt(payload, names.AUTH_CLIENT_ACCOUNT_CLAIM);
  const engagement_ids = listOf(claimAt(payload, names.AUTH_ENGAGEMENTS_CLAIM));
  if (engagement_ids.length === 0) {
    throw new CodedError('UNAUTHENTICATED', `The token names no engagement (claim ${names.AUTH_ENGAGEMENTS_CLAIM})`);
  }
  let claims: Claims;
  try {
    claims = parseAs(Claims, { sub: payload.sub, name, client_account_id, engagement_ids }, 'The token');
  } catch (cause) {
    if (!isCodedError(cause)) throw cause;
    throw new CodedError('UNAUTHENTICATED', cause.message, { cause });
  }
  const roles = machine ? [] : rolesIn(payload, names);
  return {
    actor: {
      ...{ user_id: claims.sub, name: claims.name, roles },
      ...{ authenticated_at: machine ? null : timeOf(payload.auth_time), service_account: machine },
    },
    email: machine ? null : email,
    client_account_id: claims.client_account_id.toLowerCase(),
    engagement_ids: claims.engagement_ids.map((id) => id.toLowerCase()),
    permissions: machine ? permissionsOfScope(payload) : permissionsOfRoles(roles),
  };
}
