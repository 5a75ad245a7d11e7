import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedIn } from '../session.js';
import type { SignInSettings } from '../settings.js';

export interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

/** An OpenID provider that answers what a spec tells it to, over HTTP. */
export interface Issuer {
  readonly settings: SignInSettings;
  /** What its metadata name besides the token endpoint, by their path. */
  offers: Record<string, string>;
  /** By path; `null` breaks the line off. */
  answers: Record<string, Answer | null>;
  /** Paths and forms that were sent to it. */
  readonly asked: { path: string; form: URLSearchParams }[];
  stop(): Promise<void>;
}

const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');

/** An access token as far as a browser reads it. */
export const accessToken = (claims: object): string => `${part({ alg: 'none' })}.${part(claims)}.`;

export const granted = (claims: object): Answer => ({
  status: 200,
  body: { access_token: accessToken(claims), token_type: 'bearer', expires_in: 3_600, refresh_token: 'the next' },
});

export const olga = { sub: 'olga', client_account_id: 'acme', engagement_id: ['one', 'two'] };

/** @param forMs how long the access token is good for still */
export const signedInAs = (forMs: number, more: Partial<SignedIn> = {}): SignedIn => ({
  ...{ access_token: 'the first', refresh_token: 'the first of its kind', expires_at: Date.now() + forMs },
  ...{ user_id: 'olga', client_account_id: 'acme', engagement_ids: ['one', 'two'], engagement_id: 'two' },
  ...more,
});

const metadata = (origin: string, offers: Record<string, string>): object => ({
  ...{ issuer: origin, token_endpoint: `${origin}/token` },
  ...Object.fromEntries(Object.entries(offers).map(([name, path]) => [name, origin + path])),
});

async function textOf(request: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

export async function startIssuer(): Promise<Issuer> {
  const issuer: Pick<Issuer, 'offers' | 'answers' | 'asked'> = { offers: {}, answers: {}, asked: [] };
  const server = http.createServer(async (request, response) => {
    const path = request.url!;
    issuer.asked.push({ path, form: new URLSearchParams(await textOf(request)) });
    const described =
      path === '/.well-known/openid-configuration' ? { status: 200, body: metadata(origin, issuer.offers) } : { status: 404 };
    const answer: Answer | null = path in issuer.answers ? issuer.answers[path]! : described;
    if (answer === null) return void request.socket.destroy();
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(answer.body && JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings: SignInSettings = {
    ...{ issuer: origin, client_id: 'lastcopy-web', scope: 'openid', parameters: {}, signature_max_age_s: 300 },
    ...{ client_account_claim: 'client_account_id', engagements_claim: 'engagement_id' },
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(issuer, { settings, stop });
}
