import type { SourceDescription } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';

interface AllowedHost {
  host: string;
  port: number | null;
}

/**
 * The hosts and folders that sources may lie in: `host:port`, `host:*` or an absolute path, separated by commas. Nothing is allowed
 * unless listed, so that nobody makes the service talk to a machine or read a folder of their own choice.
 */
export class SourceAllowList {
  readonly roots: readonly string[];
  private readonly hosts: readonly AllowedHost[];

  constructor(text: string) {
    const entries = text.split(',').flatMap((entry) => entry.trim() || []);
    this.roots = entries.filter((entry) => entry.startsWith('/')).map(parseRoot);
    this.hosts = entries.filter((entry) => !entry.startsWith('/')).map(parseHost);
  }

  /** Errors: SOURCE_NOT_ALLOWED. A folder is checked as it is written here; whoever reads it checks where its links lead. */
  assertAllowed(source: SourceDescription): void {
    if (source.kind === 'postgresql') {
      const allowed = this.hosts.some(({ host, port }) => host === source.host?.toLowerCase() && (port === null || port === source.port));
      if (!allowed) throw new DomainError('SOURCE_NOT_ALLOWED', `Database server ${source.host}:${source.port} is not on the allow-list.`);
      return;
    }
    const folder = folderOf(source.path ?? '');
    const inside = folder && this.roots.some((root) => folder === root || folder.startsWith(root === '/' ? root : `${root}/`));
    if (!inside) throw new DomainError('SOURCE_NOT_ALLOWED', `Folder ${source.path} does not lie in an allowed folder.`);
  }
}

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

function parseHost(entry: string): AllowedHost {
  const [, host, port] = /^(.+):(\*|\d{1,5})$/.exec(entry) ?? [];
  if (!host || !port) {
    throw new DomainError(
      'CONFIGURATION_INVALID',
      `SOURCE_ALLOW_LIST: ${JSON.stringify(entry)} is neither host:port, host:* nor an absolute path.`,
    );
  }
  return { host: host.toLowerCase(), port: port === '*' ? null : Number(port) };
}
