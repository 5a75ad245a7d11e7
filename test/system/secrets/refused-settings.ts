import { bootstrap as archiveService } from '@lastcopy/archive-service';
import { bootstrap as gateway } from '@lastcopy/gateway';
import { isCodedError } from '@lastcopy/kernel';
import { serviceEnvironments } from '../../../tools/embedded/services.mjs';
import type { Stack } from '../stack.js';
import type { Canaries } from './canaries.js';
import type { Found } from './needles.js';

type Settings = Record<string, string>;
const at = (scheme: string, password: string) => `${scheme}://user:${password}@127.0.0.1:1/`;

const cases: { service: 'gateway' | 'archive-service'; name: string; settings: (password: string, env: Settings) => Settings }[] = [
  {
    service: 'gateway',
    name: 'a wrong password of the database',
    settings: (password, env) => ({ DATABASE_URL: Object.assign(new URL(env.DATABASE_URL!), { password }).href }),
  },
  { service: 'gateway', name: 'a database that is none', settings: (password) => ({ DATABASE_URL: at('mysql', password) }) },
  { service: 'gateway', name: 'a user in the address of the bus', settings: (password) => ({ NATS_URL: at('nats', password) }) },
  { service: 'gateway', name: 'a password of the bus without its user', settings: (password) => ({ NATS_PASSWORD: password }) },
  { service: 'gateway', name: 'a user in the address of the keys', settings: (password) => ({ AUTH_JWKS_URI: at('http', password) }) },
  { service: 'gateway', name: 'a user in the name of the issuer', settings: (password) => ({ AUTH_ISSUER: at('http', password) }) },
  { service: 'gateway', name: 'a user in the public address', settings: (password) => ({ PUBLIC_URL: at('http', password) }) },
  { service: 'gateway', name: 'a user in the address of the store', settings: (password) => ({ S3_ENDPOINT: at('http', password) }) },
  { service: 'gateway', name: 'a mail server that is none', settings: (password) => ({ SMTP_URL: at('http', password) }) },
  {
    service: 'gateway',
    name: 'two mail servers',
    settings: (password) => ({ SMTP_URL: at('smtp', password), SMTP_HOST: 'mail.example.org' }),
  },
  {
    service: 'archive-service',
    name: 'a user in the address of the store of archives',
    settings: (password) => ({ S3_ENDPOINT: at('http', password) }),
  },
  {
    service: 'archive-service',
    name: 'a user in the address of the traces',
    settings: (password) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: at('http', password) }),
  },
];

const bootstraps = { gateway, 'archive-service': archiveService };
/** What an operator would read: a coded refusal's words, or the whole stack of what nobody foresaw. */
const wordsOf = (error: Error): string => (isCodedError(error) ? `${error.code}: ${error.message}\n${error.hint}` : `${error.stack}`);

/** Starts services with a secret in a setting that is wrong; each start is refused. Answers the words of the refusals. */
export async function refusedSettings(stack: Stack, canaries: Canaries): Promise<Found[]> {
  const environments = serviceEnvironments(stack.infrastructure) as Record<string, Settings>;
  const found: Found[] = [];
  for (const { service, name, settings } of cases) {
    const env = { ...environments[service], PORT: '0', LOG_LEVEL: 'trace', ...settings(canaries.of(name), environments[service]!) };
    const starting = Promise.resolve().then(() => bootstraps[service](env));
    const refused = await starting.then(
      (running) => running.close(),
      (error: unknown) => error as Error,
    );
    if (!refused) throw new Error(`${service} started with ${name}`);
    found.push({ where: `start with ${name}`, bytes: Buffer.from(wordsOf(refused)) });
  }
  return found;
}
refusedSettings.cases = cases;
