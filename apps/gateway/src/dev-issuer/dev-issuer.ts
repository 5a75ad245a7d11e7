import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { createLocalJWKSet, type JWK } from 'jose';
import { Provider } from 'oidc-provider';
import { CodedError } from '@lastcopy/kernel';
import { demoPeople } from '../sign-in/demo-people.js';
import type { SignInConfig } from '../sign-in/sign-in-config.js';
import type { TrustedIssuer } from '../sign-in/token-checks.js';
import { issuerAlgorithm, issuerKey, publicHalf } from './issuer-key.js';
import { loginPage, problemPage } from './login-page.js';
import { sendOnSource } from './sign-out-page.js';
import { mayReturnTo, providerConfiguration } from './provider-configuration.js';

export const devIssuerPath = '/dev-issuer';
const loginPath = (uid: string) => `${devIssuerPath}/login/${uid}`;
const longestForm = 4_096;

/**
 * The only scripts of these pages send a form on: ours is named here, the provider adds the hash of its own. Forms lead back here or to a
 * program on this machine.
 */
const pagePolicy = `default-src 'none'; script-src 'self' ${sendOnSource}; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http://127.0.0.1:* http://localhost:*`;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) throw new CodedError('PAYLOAD_TOO_LARGE', 'The form is larger than a choice of a person can be');
  }
  return new URLSearchParams(text);
}

const sendPage = (response: ServerResponse, html: string, status = 200): void => {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html);
};

/**
 * Signs demo people in without passwords, as an OpenID provider of the real kind: authorization code with PKCE, client credentials, signed
 * access tokens. For development alone: the settings refuse it in production.
 */
export class DevIssuer {
  private provider: Provider | undefined;

  private constructor(
    private readonly config: SignInConfig,
    private readonly key: JWK,
    private readonly baseUrl: () => string | undefined,
  ) {}

  /** @param baseUrl the gateway's own address, known once it listens. Throws CONFIGURATION_INVALID. */
  static async load(config: SignInConfig, baseUrl: () => string | undefined): Promise<DevIssuer> {
    return new DevIssuer(config, await issuerKey(config.KEYS_DIR), baseUrl);
  }

  /** Its tokens, for the gateway to accept. */
  get trusted(): TrustedIssuer {
    return { issuer: () => this.url, algorithms: [issuerAlgorithm], keys: createLocalJWKSet({ keys: [publicHalf(this.key)] }) };
  }

  /** Everything under its path; mounted before any body is read. */
  readonly handler = (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('Content-Security-Policy', pagePolicy);
    this.answer(request, response).catch(next);
  };

  /** Its `iss`; undefined before the gateway listens. */
  get url(): string | undefined {
    const base = this.baseUrl();
    return base && new URL(devIssuerPath, base).href;
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const provider = this.made();
    if (!request.path.startsWith('/login/')) return void (await provider.callback()(request, response));
    if (request.method === 'GET') return this.ask(provider, request, response);
    if (request.method === 'POST') return this.signIn(provider, request, response);
    sendPage(response, problemPage('This page takes a choice and nothing else.'), 405);
  }

  private made(): Provider {
    const issuer = this.url;
    if (!issuer) throw new CodedError('SERVICE_UNAVAILABLE', 'The gateway does not listen yet');
    return (this.provider ??= this.make(issuer));
  }

  private make(issuer: string): Provider {
    const { config } = this;
    const tenant = { client_account_id: config.DEV_CLIENT_ACCOUNT_ID!, engagement_id: config.DEV_ENGAGEMENT_ID! };
    const { AUTH_AUDIENCE: audience, DEV_SERVICE_ACCOUNT_SECRET: secret } = config;
    const settings = { key: this.key, audience, tenant, loginPath, ...(secret ? { serviceAccountSecret: secret } : {}) };
    const provider = new Provider(issuer, providerConfiguration(settings));
    const allowed = (uri: string) => mayReturnTo(uri, new URL(issuer).origin);
    provider.Client.prototype.redirectUriAllowed = allowed;
    provider.Client.prototype.postLogoutRedirectUriAllowed = allowed;
    return provider;
  }

  private async ask(provider: Provider, request: Request, response: Response): Promise<void> {
    const interaction = await provider.interactionDetails(request, response).catch(() => null);
    if (!interaction) return sendPage(response, problemPage('This sign-in is over. Go back to where you came from and begin again.'), 400);
    sendPage(response, loginPage(demoPeople, loginPath(interaction.uid), interaction.session !== undefined));
  }

  private async signIn(provider: Provider, request: Request, response: Response): Promise<void> {
    const person = (await formOf(request)).get('person');
    if (!demoPeople.some(({ user_id }) => user_id === person)) return sendPage(response, problemPage('There is no such person.'), 400);
    const interaction = await provider.interactionDetails(request, response).catch(() => null);
    if (!interaction) return sendPage(response, problemPage('This sign-in is over. Go back to where you came from and begin again.'), 400);
    await provider.interactionFinished(request, response, { login: { accountId: person! } }, { mergeWithLastSubmission: false });
  }
}
