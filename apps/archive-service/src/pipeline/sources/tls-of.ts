import type { SourceDescription, TlsMode } from '@lastcopy/contracts';
import type { PostgresConnection } from '@lastcopy/source-postgresql';

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** The rows of a last copy cross no network in plain text unless somebody said so. */
export const tlsModeOf = ({ tls, host }: SourceDescription): TlsMode => tls ?? (loopback.test(host!) ? 'disable' : 'verify-full');

const connectionOptions: Record<TlsMode, Pick<PostgresConnection, 'ssl'>> = {
  disable: {},
  require: { ssl: { rejectUnauthorized: false } },
  'verify-full': { ssl: true },
};

export const tlsOf = (source: SourceDescription): Pick<PostgresConnection, 'ssl'> => connectionOptions[tlsModeOf(source)];
