import type { SourceDescription, Tenant } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';

/** Null: every client account's. */
interface Owned {
  owner: string | null;
}

interface AllowedRoot extends Owned {
  folder: string;
}

interface AllowedHost extends Owned {
  host: string;
  port: number | null;
}

/**
 * The hosts and folders that sources may lie in: `host:port`, `host:*` or an absolute path, separated by commas, each after
 * `<client_account_id>=`. Nothing is allowed unless listed for the tenant, so that nobody makes the service talk to a machine or read a
 * folder of their own choice, or of another client's.
 */
export class SourceAllowList {
  private readonly roots: readonly AllowedRoot[];
  private readonly hosts: readonly AllowedHost[];

  /** Errors: CONFIGURATION_INVALID, for an entry of nobody too unless `shared` lets every client account use those (development). */
  constructor(text: string, { shared }: { shared: boolean }) {
    const entries = text.split(',').flatMap((entry) => (entry.trim() ? ownedEntry(entry.trim()) : []));
    const ofNobody = entries.find(({ owner }) => owner === null);
    if (ofNobody && !shared) throw unowned(ofNobody.place);
    const isFolder = ({ place }: OwnedEntry) => place.startsWith('/');
    this.roots = entries.filter(isFolder).map(({ owner, place }) => ({ owner, folder: parseRoot(place) }));
    this.hosts = entries.filter((entry) => !isFolder(entry)).map(({ owner, place }) => ({ owner, ...parseHost(place) }));
  }

  /** The folders that the tenant's directories may lie in. */
  rootsOf(tenant: Tenant): string[] {
    return this.roots.filter(isFor(tenant)).map(({ folder }) => folder);
  }

  /** Errors: SOURCE_NOT_ALLOWED. A folder is checked as it is written here; whoever reads it checks where its links lead. */
  assertAllowed(tenant: Tenant, source: SourceDescription): void {
    if (source.kind === 'postgresql') {
      const hosts = this.hosts.filter(isFor(tenant));
      const allowed = hosts.some(({ host, port }) => host === source.host?.toLowerCase() && (port === null || port === source.port));
      if (!allowed) throw new DomainError('SOURCE_NOT_ALLOWED', `Database server ${source.host}:${source.port} is not on the allow-list.`);
      return;
    }
    const folder = folderOf(source.path ?? '');
    const inside = folder && this.rootsOf(tenant).some((root) => folder === root || folder.startsWith(root === '/' ? root : `${root}/`));
    if (!inside) throw new DomainError('SOURCE_NOT_ALLOWED', `Folder ${source.path} does not lie in an allowed folder.`);
  }
}

interface OwnedEntry extends Owned {
  place: string;
}

const isFor =
  ({ client_account_id }: Tenant) =>
  ({ owner }: Owned): boolean =>
    owner === null || owner === client_account_id;

/** A path may hold an equals sign; an account and a host hold none. */
function ownedEntry(entry: string): OwnedEntry {
  const [, owner, place] = /^([^/=]+)=(.+)$/.exec(entry) ?? [];
  return owner && place ? { owner: owner.trim(), place: place.trim() } : { owner: null, place: entry };
}

const unowned = (place: string): DomainError =>
  new DomainError(
    'CONFIGURATION_INVALID',
    `SOURCE_ALLOW_LIST: ${JSON.stringify(place)} is nobody's; write <client_account_id>=${place}. Only in development may an entry be everyone's.`,
  );

/** Without doubled, final or `.` parts; one that climbs (`..`) is no folder that could be allowed. */
function folderOf(text: string): string | null {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return text.startsWith('/') && !parts.includes('..') ? `/${parts.join('/')}` : null;
}

function parseRoot(entry: string): string {
  const folder = folderOf(entry);
  if (!folder) throw new DomainError('CONFIGURATION_INVALID', `SOURCE_ALLOW_LIST: ${JSON.stringify(entry)} holds "..".`);
  return folder;
}

function parseHost(entry: string): Omit<AllowedHost, 'owner'> {
  const [, host, port] = /^(.+):(\*|\d{1,5})$/.exec(entry) ?? [];
  if (!host || !port) {
    throw new DomainError(
      'CONFIGURATION_INVALID',
      `SOURCE_ALLOW_LIST: ${JSON.stringify(entry)} is neither host:port, host:* nor an absolute path.`,
    );
  }
  return { host: host.toLowerCase(), port: port === '*' ? null : Number(port) };
}
