import { keptDraft, type KeptDraft } from '../../ui/use-draft.js';
import type { System } from './queries.js';
import { formOf, type SystemFields } from './system-fields.js';

export type KeptFields = KeptDraft<SystemFields>;

/** What a system says of itself, as its form names it. The reason is of the change, not of the system. */
const labels: Record<Exclude<keyof SystemFields, 'reason'>, string> = {
  system_name: 'Name',
  kind: 'Kind of source',
  host: 'Host',
  port: 'Port',
  database: 'Database',
  user: 'User',
  secret_ref: 'Name of the password',
  tls: 'TLS',
  path: 'Path of the directory',
  allow_empty: 'May be empty',
  data_classification: 'Data classification',
  compliance_requirements: 'Compliance requirements',
  retirement_reason: 'Why it retires',
};

/** Words of a set in whichever order are the same set. */
const worded = (value: SystemFields[keyof SystemFields] | undefined): string => {
  if (Array.isArray(value)) return [...value].sort().join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value ?? '').trim();
};
const same = (one: SystemFields[keyof SystemFields], other: SystemFields[keyof SystemFields]) => worded(one) === worded(other);

export interface FieldDifference {
  field: keyof typeof labels;
  label: string;
  /** As the system says now. */
  now: string;
  typed: string;
  /** Whose change makes the difference: of the draft, of somebody else since, or of both. */
  changedBy: 'draft' | 'somebody else' | 'both';
}

/** Where a draft and the system as it is now say different things. */
export function differences({ base, typed }: KeptFields, now: SystemFields): FieldDifference[] {
  return (Object.keys(labels) as FieldDifference['field'][]).flatMap((field) => {
    if (same(typed[field], now[field])) return [];
    const [mine, theirs] = [!same(typed[field], base[field]), !same(now[field], base[field])];
    const changedBy = mine && theirs ? 'both' : mine ? 'draft' : 'somebody else';
    return [{ field, label: labels[field], now: worded(now[field]), typed: worded(typed[field]), changedBy }];
  });
}

/** What the draft changed, put on the system as it is now: what it left alone stays as somebody else made it. */
export function changedOnto(now: SystemFields, { base, typed }: KeptFields): SystemFields {
  const own = Object.entries(typed).filter(([field, value]) => !same(value as string, base[field as keyof SystemFields]));
  return { ...now, ...(Object.fromEntries(own) as Partial<SystemFields>) };
}

/** Whether a newer version says already all that the draft does: it was saved, by this form or by another. */
export const isSaved = (kept: KeptFields, now: SystemFields, version: number): boolean =>
  kept.version !== version && differences(kept, now).length === 0;

/** The draft of a system, or of a new one, that is worth asking about. */
export function keptFields(key: string, system: System | undefined): KeptFields | undefined {
  const kept = keptDraft<SystemFields>(key);
  return kept && system && isSaved(kept, formOf(system), system.version) ? undefined : kept;
}
