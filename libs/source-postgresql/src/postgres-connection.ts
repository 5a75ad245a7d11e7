import type { ConnectionOptions } from 'node:tls';
import { CodedError } from '@lastcopy/kernel';

/** Structured on purpose: a connection string from a user could carry options that change what is read. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** `true` checks the server's certificate; absent means no TLS. */
  readonly ssl?: boolean | ConnectionOptions;
}

/** The operator's own target, `postgresql://user:password@host:port/database[?sslmode=require|verify-full]`. Throws VALIDATION_FAILED. */
export function connectionFromUrl(text: string): PostgresConnection {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url ? decodeURIComponent(url.pathname.slice(1)) : '';
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '' || database === '' || url.username === '') {
    throw new CodedError('VALIDATION_FAILED', 'The target must read postgresql://user[:password]@host[:port]/database.');
  }
  const sslmode = url.searchParams.get('sslmode') ?? 'disable';
  const ssl = { disable: undefined, require: { rejectUnauthorized: false }, 'verify-full': true }[sslmode];
  if (ssl === undefined && sslmode !== 'disable') {
    throw new CodedError('VALIDATION_FAILED', `sslmode=${sslmode} of the target is not known; use disable, require or verify-full.`);
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

/** For messages: never the password. */
export const describeConnection = (connection: PostgresConnection): string =>
  `database "${connection.database}" at ${connection.host}:${connection.port} as role "${connection.user}"`;
