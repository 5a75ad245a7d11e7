import type { FindingKind } from '@lastcopy/contracts';

/** From which share of the different values, and from how many of them, values are believed; and how sure that makes. */
export interface Bar {
  readonly share: number;
  readonly least: number;
  readonly confidence: number;
}

export interface KindRule {
  /** When the name of the column speaks for the kind too. */
  readonly withName: Bar;
  /** When values are all that speaks for it. Null: they never are enough, because chance would meet the bar. */
  readonly valueAlone: Bar | null;
  /** Among the places in longer texts that look like one. */
  readonly inText: Bar | null;
}

const bar = (share: number, least: number, confidence: number): Bar => ({ share, least, confidence });
const named = (confidence: number): KindRule => ({ withName: bar(0.7, 1, confidence), valueAlone: null, inText: null });
/** A check digit lets one number in 10 to 100 pass by chance: so nearly all of many must. */
const checkedId: KindRule = { withName: bar(0.5, 2, 0.95), valueAlone: bar(0.9, 15, 0.75), inText: null };
const uncheckedId: KindRule = { withName: bar(0.8, 2, 0.9), valueAlone: null, inText: null };

/** All that can be tuned about what counts as found. */
export const kindRules: Readonly<Record<FindingKind, KindRule>> = {
  email: { withName: bar(0.3, 1, 0.98), valueAlone: bar(0.8, 3, 0.95), inText: bar(0.5, 3, 0.85) },
  phone: { withName: bar(0.5, 1, 0.95), valueAlone: bar(0.8, 5, 0.85), inText: bar(0.6, 5, 0.7) },
  card_number: { withName: bar(0.5, 2, 0.97), valueAlone: bar(0.8, 8, 0.9), inText: bar(0.6, 5, 0.75) },
  iban: { withName: bar(0.3, 1, 0.98), valueAlone: bar(0.8, 3, 0.95), inText: bar(0.5, 3, 0.85) },
  us_ssn: uncheckedId,
  uk_nino: uncheckedId,
  de_tax_id: checkedId,
  es_dni: checkedId,
  it_codice_fiscale: checkedId,
  nl_bsn: checkedId,
  fr_nir: checkedId,
  pl_pesel: checkedId,
  date_of_birth: { withName: bar(0.8, 1, 0.95), valueAlone: null, inText: bar(0.5, 3, 0.85) },
  health_code: { withName: bar(0.6, 2, 0.9), valueAlone: null, inText: null },
  health_record: named(0.65),
  person_name: named(0.8),
  postal_address: named(0.7),
  salary: named(0.75),
  bank_account: named(0.75),
  user_account: named(0.7),
};

/** A name that says what is expected, over no values at all: worth a look, never enough to suggest anything. */
export const emptyColumnConfidence = 0.4;
/** Findings from here on count for what is suggested; those below are listed only. */
export const suggestFrom = 0.6;
/** In a column whose name says product, order, version and the like, values alone must leave no doubt, and even then only hint. */
export const contraryName = bar(0.95, 20, 0.5);
export const listedFindings = 500;

/** How much of a source is looked at. */
export const sampleLimits = {
  rowsPerTable: 500,
  charsPerValue: 512,
  columnsPerQuery: 40,
  tables: 2000,
  statementTimeoutMs: 10_000,
  connectTimeoutMs: 15_000,
  filesPerFolder: 20,
  files: 2000,
  folders: 5000,
  bytesPerFile: 64 * 1024,
  linesPerFile: 500,
  /** The whole look. */
  totalMs: 300_000,
} as const;
