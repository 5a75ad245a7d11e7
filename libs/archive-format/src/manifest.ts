import type { DataSetRecord } from './data-set-writer.js';
import type { KeyWrapRecord } from './key-wraps.js';
import type { ArchiveIdentity } from './layout.js';

export const FORMAT = 'lastcopy-archive';
export const FORMAT_VERSION = 1;

export type DataSetKind = 'table' | 'files' | 'file_index' | 'lobs' | 'schema' | 'reconciliation';

export interface ManifestDataSet extends DataSetRecord {
  readonly kind: DataSetKind;
}

/** All that identifies, locates and checks one archive. Plain JSON without personal data: tables have ordinals, their names are encrypted. */
export interface Manifest extends ArchiveIdentity {
  readonly format: typeof FORMAT;
  readonly format_version: typeof FORMAT_VERSION;
  /** RFC 3339, UTC; retention starts here. */
  readonly created_at: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly policy: {
    readonly policy_id: string;
    readonly version: number;
    readonly retention_period_days: number;
    /** RFC 3339, UTC */
    readonly retain_until: string;
  };
  readonly source: { readonly kind: string; readonly version: string };
  readonly snapshot: { readonly id: string; readonly taken_at: string };
  readonly data_sets: readonly ManifestDataSet[];
  readonly key_wraps: readonly KeyWrapRecord[];
  readonly totals: ManifestTotals;
}

export interface ManifestTotals {
  readonly data_sets: number;
  readonly objects: number;
  readonly rows: number;
  readonly plain_bytes: number;
  readonly stored_bytes: number;
}

/** Everything but what follows from the rest. */
export type ManifestContent = Omit<Manifest, 'format' | 'format_version' | 'totals'>;

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);

/** Rows are those of all data sets; stored bytes those of the data sets' objects, without wraps and manifest. */
export function manifestTotals(dataSets: readonly ManifestDataSet[]): ManifestTotals {
  return {
    data_sets: dataSets.length,
    objects: sum(dataSets, ({ objects }) => objects.length),
    rows: sum(dataSets, ({ rows }) => rows),
    plain_bytes: sum(dataSets, ({ plain_bytes }) => plain_bytes),
    stored_bytes: sum(dataSets, ({ objects }) => sum(objects, ({ stored_bytes }) => stored_bytes)),
  };
}

export const createManifest = (content: ManifestContent): Manifest => ({
  format: FORMAT,
  format_version: FORMAT_VERSION,
  ...content,
  totals: manifestTotals(content.data_sets),
});
