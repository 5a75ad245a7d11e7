import { registerDecorator, type ValidationArguments } from 'class-validator';

/** What the settings say of the way to the bus and of who comes. */
export interface BusSettings {
  NATS_URL: string;
  NATS_NKEY_SEED_FILE?: string;
  NATS_USER?: string;
  NATS_PASSWORD?: string;
  NATS_CA_FILE?: string;
  NATS_CERT_FILE?: string;
  NATS_KEY_FILE?: string;
}

const parsed = (url: unknown): URL | null => (typeof url === 'string' && URL.canParse(url) ? new URL(url) : null);

/** Whether it never leaves the machine. */
export function isLoopback(url: string): boolean {
  const host = parsed(url)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

export const hasBusUser = (settings: Partial<BusSettings>): boolean =>
  Boolean(settings.NATS_NKEY_SEED_FILE || settings.NATS_USER || settings.NATS_CERT_FILE);

/** What is wrong with the way to the bus; null when nothing is. */
export function busFault(settings: Partial<BusSettings>): string | null {
  const { NATS_URL: url = '', NATS_USER: user, NATS_PASSWORD: password, NATS_CERT_FILE: certificate, NATS_KEY_FILE: key } = settings;
  if (!/^(nats|tls):\/\//.test(url) || !parsed(url)?.hostname) return 'NATS_URL must be a nats:// or tls:// URL';
  if (parsed(url)!.username) return 'NATS_URL must not hold a user: set NATS_NKEY_SEED_FILE, or NATS_USER and NATS_PASSWORD';
  if (Boolean(user) !== Boolean(password)) return 'NATS_USER and NATS_PASSWORD go together';
  if (Boolean(certificate) !== Boolean(key)) return 'NATS_CERT_FILE and NATS_KEY_FILE go together';
  if (isLoopback(url)) return null;
  if (!url.startsWith('tls://'))
    return 'outside this machine the bus is reached by tls:// alone: what passes there could be read and forged';
  if (!settings.NATS_CA_FILE) return "a bus outside this machine needs NATS_CA_FILE, the certificate that its server's is checked against";
  if (!hasBusUser(settings)) return 'a bus outside this machine needs a user: set NATS_NKEY_SEED_FILE (or NATS_USER and NATS_PASSWORD)';
  return null;
}

/** The property is the address of the bus, and the settings beside it are enough to reach it safely. */
export const IsBusAddress = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isBusAddress',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (_value: unknown, { object }: ValidationArguments) => busFault(object as BusSettings) === null,
      defaultMessage: ({ object }: ValidationArguments) => busFault(object as BusSettings) ?? '',
    },
  });
