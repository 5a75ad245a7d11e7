import { comparableJson } from '@lastcopy/kernel';

type Content = Record<string, unknown>;

const yesNo = (value: unknown) => (value === true ? 'yes' : 'no');
const listed = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.join(' and ') : 'none');
const minimaInWords = (value: unknown) =>
  listed(
    (Array.isArray(value) ? value : []).map(
      (minimum: { requirement: string; duration: string }) => `${minimum.requirement} ${minimum.duration}`,
    ),
  );
const count = (value: unknown) => String(Array.isArray(value) ? value.length : 0);
const short = (value: unknown) => `${String(value).slice(0, 12)}…`;

/** How a field of a scope is called, and how its value reads; null as words says only that it changed. */
const fields: Record<string, { label: string; unit?: string; words?: ((value: unknown) => string) | null }> = {
  policy_name: { label: 'policy' },
  policy_id: { label: 'policy', words: null },
  policy_version: { label: 'policy version' },
  retention_period_days: { label: 'retention', unit: ' days' },
  minima: { label: 'legal minimum', words: minimaInWords },
  rule: { label: 'rule' },
  assigned_by: { label: 'chosen by' },
  conflicts: { label: 'retention conflicts', words: count },
  resolution: { label: 'resolution of the retention conflict', words: null },
  encryption_required: { label: 'encryption', words: yesNo },
  verification_level: { label: 'level of verification' },
  storage_location: { label: 'storage location' },
  compliance_requirements: { label: 'requirements', words: listed },
  data_classification: { label: 'classification', words: listed },
  // A name only, and still nothing to spread.
  secret_ref: { label: 'secret', words: null },
  allow_empty: { label: 'may be empty', words: yesNo },
  attempt: { label: 'attempt' },
  location: { label: 'location' },
  manifest_sha256: { label: 'manifest', words: short },
  proven_manifest_sha256: { label: 'proven manifest', words: short },
  archived_at: { label: 'archived at' },
  level: { label: 'proof' },
  retain_until: { label: 'kept until' },
  mode: { label: 'lock' },
  sha256: { label: 'content', words: short },
  basis_sha256: { label: 'facts it states', words: null },
  filename: { label: 'file' },
  media_type: { label: 'type' },
};

const readable = (value: unknown): string => (value === null || value === undefined ? 'none' : String(value));

function inWords(name: string, before: unknown, after: unknown): string {
  const field = fields[name] ?? { label: name.replaceAll('_', ' ') };
  const isPlain = [before, after].every((value) => value === null || typeof value !== 'object');
  const words = field.words === undefined ? (isPlain ? readable : null) : field.words;
  if (words === null || words(before) === words(after)) return `${field.label} changed`;
  return `${field.label} ${words(before)} → ${words(after)}${field.unit ?? ''}`;
}

const same = (one: unknown, other: unknown): boolean => comparableJson(one) === comparableJson(other);

/** Pure: what differs, field by field, old → new. A source is told by its own fields. */
export function changesInWords(before: Content, after: Content): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name]));
  // The name says it already, where it changed as well.
  const told = names.filter((name) => name !== 'policy_id' || !names.includes('policy_name'));
  return told.flatMap((name) =>
    name === 'source'
      ? changesInWords((before.source ?? {}) as Content, (after.source ?? {}) as Content)
      : [inWords(name, before[name], after[name])],
  );
}
