import type { Header } from 'tar-stream';
import { modeText, nanosOf, timestampOf, type EntryKind, type IndexEntry } from './index-entry.js';

/** tar-stream's header with its pax records, which its own types leave open. */
export type PaxHeader = Partial<Omit<Header, 'pax'>> & { name: string; pax?: Record<string, string> | null };

const tarTypes = { file: 'file', directory: 'directory', symlink: 'symlink', hardlink: 'link' } as const;
export type PackedKind = keyof typeof tarTypes;
const kindByType: Readonly<Record<string, EntryKind>> = { file: 'file', directory: 'directory', symlink: 'symlink', link: 'hardlink' };
// Never 0, which tar-stream would replace by its own default; only the permission bits are written.
const regularFile = 0o100000;
const latestPlainSecond = 0x7fffffff;

const secondsText = (nanos: bigint): string => {
  const [sign, size] = nanos < 0n ? ['-', -nanos] : ['', nanos];
  return `${sign}${size / 1_000_000_000n}.${(size % 1_000_000_000n).toString().padStart(9, '0')}`;
};

const nanosOfSeconds = (text: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const size = BigInt(whole ?? 0) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
  return sign ? -size : size;
};

/**
 * The pax header of an entry. All that plain tar cannot hold to the last digit stands in pax records, which tools prefer over the plain
 * fields; names that are not UTF-8 have their bytes in vendor records of ours, which other tools skip.
 */
export const tarHeader = (entry: IndexEntry & { kind: PackedKind }): PaxHeader => {
  const nanos = nanosOf(entry.mtime);
  const optional = {
    uname: entry.owner,
    gname: entry.group,
    'LASTCOPY.path': entry.path_base64,
    'LASTCOPY.linkpath': entry.link_target_base64,
  };
  const records = Object.entries(optional).filter((record): record is [string, string] => record[1] !== undefined);
  const sizeBytes = entry.size_bytes ?? 0;
  return {
    name: entry.path,
    type: tarTypes[entry.kind],
    mode: regularFile | parseInt(entry.mode, 8),
    uid: entry.uid,
    gid: entry.gid,
    size: sizeBytes,
    mtime: new Date(Math.min(Math.max(Number(nanos / 1_000_000_000n), 0), latestPlainSecond) * 1000),
    ...(entry.link_target === undefined ? {} : { linkname: entry.link_target }),
    pax: { mtime: secondsText(nanos), uid: `${entry.uid}`, gid: `${entry.gid}`, size: `${sizeBytes}`, ...Object.fromEntries(records) },
  };
};

/** What the index says of an entry, read back from its header in the pack; undefined for a kind that packs never hold. */
export const entryOfHeader = (header: PaxHeader): IndexEntry | undefined => {
  const kind = kindByType[header.type ?? ''];
  if (!kind) return undefined;
  const pax = header.pax ?? {};
  const plainSeconds = BigInt(Math.trunc((header.mtime?.getTime() ?? 0) / 1000));
  const isLink = kind === 'symlink' || kind === 'hardlink';
  return {
    path: header.name,
    ...(pax['LASTCOPY.path'] === undefined ? {} : { path_base64: pax['LASTCOPY.path'] }),
    kind,
    mode: modeText(header.mode ?? 0),
    mtime: timestampOf(pax.mtime === undefined ? plainSeconds * 1_000_000_000n : nanosOfSeconds(pax.mtime)),
    uid: Number(pax.uid ?? header.uid ?? 0),
    gid: Number(pax.gid ?? header.gid ?? 0),
    ...(pax.uname === undefined ? {} : { owner: pax.uname }),
    ...(pax.gname === undefined ? {} : { group: pax.gname }),
    ...(isLink ? { link_target: header.linkname ?? '' } : {}),
    ...(pax['LASTCOPY.linkpath'] === undefined ? {} : { link_target_base64: pax['LASTCOPY.linkpath'] }),
    ...(kind === 'file' ? { size_bytes: header.size ?? 0 } : {}),
  };
};
