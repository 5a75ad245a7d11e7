import type { ScopePart } from '@lastcopy/contracts';
import { changesInWords } from './scope-changes.js';

/** A part of a scope as it was approved, or asked for, beside the present one. */
export interface ComparedPart {
  name: string;
  requested: ScopePart | null;
  present: ScopePart | null;
  /** In words; null when it is the same. */
  change: string | null;
}

/** A document is the same one whatever place it has among those of its kind; any other part goes by its name. */
const identityOf = ({ name, content }: ScopePart): string => (typeof content?.artifact_id === 'string' ? content.artifact_id : name);
const kindOf = ({ name }: ScopePart): string => name.replace(/ \(\d+\)$/, '');

/** Where several documents are of a kind, each is called by its file. */
function labelsOf(all: readonly ScopePart[]): (part: ScopePart) => string {
  const documents = new Map(all.filter(({ content }) => content?.artifact_id).map((part) => [identityOf(part), kindOf(part)]));
  const several = (kind: string) => [...documents.values()].filter((each) => each === kind).length > 1;
  return (part) => {
    const { artifact_id, filename } = part.content ?? {};
    if (!artifact_id) return part.name;
    return several(kindOf(part)) && typeof filename === 'string' ? `${kindOf(part)} "${filename}"` : kindOf(part);
  };
}

function changeOf(name: string, requested: ScopePart | undefined, present: ScopePart | undefined): string | null {
  if (!present) return `${name} is no longer part of it`;
  if (!requested) return `${name} was added`;
  if (requested.sha256 === present.sha256) return null;
  const words = requested.content && present.content ? changesInWords(requested.content, present.content) : [];
  return words.length > 0 ? `${name}: ${words.join(', ')}` : `${name} changed`;
}

/** Each part of either, those of before first, under a name of its own. */
export function comparedParts(before: readonly ScopePart[], now: readonly ScopePart[]): ComparedPart[] {
  const all = [...before, ...now];
  // Of a scope that was too large the names and hashes alone are kept.
  const known = all.every(({ content }) => content);
  const idOf = known ? identityOf : ({ name }: ScopePart) => name;
  const labelOf = known ? labelsOf(all) : ({ name }: ScopePart) => name;
  const earlier = new Map(before.map((part) => [idOf(part), part]));
  const present = new Map(now.map((part) => [idOf(part), part]));
  const used = new Map<string, number>();
  return [...new Set(all.map(idOf))].map((id) => {
    const [then, today] = [earlier.get(id), present.get(id)];
    const label = labelOf((today ?? then)!);
    const times = (used.get(label) ?? 0) + 1;
    used.set(label, times);
    const name = times > 1 ? `${label} (${times})` : label;
    return { name, requested: then ?? null, present: today ?? null, change: changeOf(name, then, today) };
  });
}

/** In words, what differs: what is gone, what changed, what was added. */
export function changedParts(before: readonly ScopePart[], now: readonly ScopePart[]): string[] {
  const parts = comparedParts(before, now);
  const ordered = [
    ...parts.filter(({ present }) => !present),
    ...parts.filter(({ requested, present }) => requested && present),
    ...parts.filter(({ requested }) => !requested),
  ];
  return ordered.flatMap(({ change }) => change ?? []);
}
