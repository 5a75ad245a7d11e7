import { Option, type Command } from 'commander';
import { tlsModes, type SourceDescription, type SourceKind, type TlsMode } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { given, wholeNumber } from './flags.js';

export interface SourceFlags {
  kind?: SourceKind;
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  secretRef?: string;
  tls?: TlsMode;
  allowEmpty?: boolean;
  path?: string;
}

const usualPort = 5432;
const fields = { postgresql: ['host', 'port', 'database', 'user', 'secret_ref'], directory: ['path'] } as const;

export const withSourceFlags = (command: Command): Command =>
  command
    .option('--host <host>')
    .option('--port <port>', `port (${usualPort})`, wholeNumber('--port'))
    .option('--database <name>')
    .option('--user <role>')
    .option('--secret-ref <name>')
    .addOption(new Option('--tls <mode>', 'disable on loopback and verify-full elsewhere unless given').choices([...tlsModes]))
    .option('--allow-empty', 'a source without anything in it is meant')
    .option('--path <folder>');

const named = ({ host, port, database, user, secretRef, tls, allowEmpty, path }: SourceFlags): Partial<SourceDescription> =>
  given({ host, port, database, user, secret_ref: secretRef, tls, allow_empty: allowEmpty, path });

function complete(kind: SourceKind, source: Partial<SourceDescription>): SourceDescription {
  const missing = fields[kind].filter((name) => !(source as Record<string, unknown>)[name]);
  if (missing.length > 0) {
    const flags = missing.map((name) => `--${name.replace('_', '-')}`).join(', ');
    throw new CodedError('VALIDATION_FAILED', `A ${kind} source needs ${flags}.`);
  }
  const { tls, allow_empty } = source;
  const own = fields[kind].map((name) => [name, (source as Record<string, unknown>)[name]]);
  return {
    kind,
    ...Object.fromEntries(own),
    ...(kind === 'postgresql' ? given({ tls }) : {}),
    ...given({ allow_empty }),
  } as SourceDescription;
}

/** The source that the flags describe. Throws VALIDATION_FAILED when something is missing. */
export function newSource(flags: SourceFlags & { kind: SourceKind }): SourceDescription {
  return complete(flags.kind, { ...(flags.kind === 'postgresql' ? { port: usualPort } : {}), ...named(flags) });
}

/** The present source with what the flags change; null when they name nothing. Another kind of source has to be given whole. */
export function changedSource(present: SourceDescription, flags: SourceFlags): SourceDescription | null {
  const changes = named(flags);
  if (Object.keys(changes).length === 0 && !flags.kind) return null;
  const { kind = present.kind } = flags;
  return kind === present.kind ? complete(kind, { ...present, ...changes }) : newSource({ ...flags, kind });
}

export const where = (source: SourceDescription): string =>
  source.kind === 'directory' ? source.path! : `${source.user}@${source.host}:${source.port}/${source.database}`;
