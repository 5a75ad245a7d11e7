import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { JWK } from 'jose';
import type { Tenant } from '@lastcopy/contracts';
import { demoPeople } from '../sign-in/demo-people.js';
import { permissions } from '../sign-in/permissions.js';
import { issuerAlgorithm } from './issuer-key.js';
import { memoryAdapter } from './kept-in-memory.js';
import { problemPage } from './login-page.js';
import { signedOutPage, signOutPage } from './sign-out-page.js';

export interface ProviderSettings {
  key: JWK;
  audience: string;
  tenant: Tenant;
  /** Where a person is asked who they are, for an interaction. */
  loginPath: (uid: string) => string;
  /** Absent: no service account. */
  serviceAccountSecret?: string;
}

/** The web client and any tool on this machine: public, with PKCE. */
export const webClientId = 'lastcopy-web';
/** A machine that works for the demo tenant: it may read, write and execute, as its scope says. */
export const serviceAccountId = 'lastcopy-demo-service';

const personScopes = ['openid', 'profile', 'email', 'offline_access'];
const machineScopes = permissions.filter((permission) => permission !== 'decommission.approve');
/** The API, as access tokens name what they are for. */
const api = 'urn:lastcopy:api';
const hourS = 3_600;
const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host);

/** Back to the gateway itself, or to a program on this machine, at any port. */
export function mayReturnTo(uri: string, ownOrigin: string): boolean {
  const url = URL.parse(uri);
  if (!url || url.hash || url.username || url.password) return false;
  return url.origin === ownOrigin || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const clientsOf = ({ serviceAccountSecret }: ProviderSettings): Configuration['clients'] => [
  {
    ...{ client_id: webClientId, client_name: 'Lastcopy', token_endpoint_auth_method: 'none' },
    ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
    ...{ redirect_uris: ['http://127.0.0.1/'], scope: personScopes.join(' ') },
  },
  ...(serviceAccountSecret
    ? [
        {
          ...{ client_id: serviceAccountId, client_name: 'Demo service account', client_secret: serviceAccountSecret },
          ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
          scope: machineScopes.join(' '),
        },
      ]
    : []),
];

/** What our tokens carry besides the standard claims. */
function tokenClaims({ tenant }: ProviderSettings, context: KoaContextWithOIDC): Record<string, unknown> {
  const { AuthorizationCode: code, RefreshToken: refresh, Account: account } = context.oidc.entities;
  const person = demoPeople.find(({ user_id }) => user_id === account?.accountId);
  if (!person) return { name: 'Demo service account', gty: 'client-credentials', ...tenant };
  const { name, email, roles } = person;
  return { name, email, roles, auth_time: (code ?? refresh)?.authTime, ...tenant };
}

const features = ({ audience }: ProviderSettings): Configuration['features'] => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  revocation: { enabled: true, allowedPolicy: (_context, client, { clientId }) => clientId === client.clientId },
  rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => api,
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      ...{ scope: permissions.join(' '), audience, accessTokenTTL: hourS, accessTokenFormat: 'jwt' },
      jwt: { sign: { alg: issuerAlgorithm } },
    }),
  },
});

/** Our own client asks for nothing that a person would have to agree to. */
async function grantEverything(context: KoaContextWithOIDC) {
  const { oidc } = context;
  const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
  grant.addOIDCScope(personScopes.join(' '));
  grant.addResourceScope(api, permissions.join(' '));
  await grant.save();
  return grant;
}

/** The development issuer as oidc-provider takes it: authorization code with PKCE for people, client credentials for the service account. */
export function providerConfiguration(settings: ProviderSettings): Configuration {
  return {
    adapter: memoryAdapter(),
    clients: clientsOf(settings) ?? [],
    clientDefaults: { id_token_signed_response_alg: issuerAlgorithm },
    enabledJWA: { idTokenSigningAlgValues: [issuerAlgorithm] },
    jwks: { keys: [settings.key as never] },
    features: features(settings)!,
    pkce: { required: () => true },
    scopes: [...personScopes, ...permissions],
    claims: { openid: ['sub'], profile: ['name', 'roles'], email: ['email'] },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString('base64url')], long: { sameSite: 'lax' }, short: { sameSite: 'lax' } },
    ttl: {
      AccessToken: hourS,
      AuthorizationCode: 60,
      ClientCredentials: hourS,
      Grant: 12 * hourS,
      IdToken: hourS,
      Interaction: hourS,
      RefreshToken: 12 * hourS,
      Session: 12 * hourS,
    },
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    clientBasedCORS: (_context, origin) => isLoopback(URL.parse(origin)?.hostname ?? ''),
    loadExistingGrant: grantEverything,
    extraTokenClaims: (context) => tokenClaims(settings, context) as never,
    interactions: { url: (_context, { uid }) => settings.loginPath(uid) },
    findAccount: (_context, id) => {
      const person = demoPeople.find(({ user_id }) => user_id === id);
      if (!person) return undefined;
      const { name, email, roles } = person;
      return { accountId: id, claims: () => ({ sub: id, name, email, roles }) };
    },
    renderError: (context, { error, error_description }) => {
      context.type = 'html';
      context.body = problemPage([error, error_description].filter(Boolean).join(': '));
    },
  };
}
