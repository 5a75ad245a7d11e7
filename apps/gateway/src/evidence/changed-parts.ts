import type { ScopePart } from '@lastcopy/contracts';
import { changesInWords } from './scope-changes.js';

type Label = (part: ScopePart) => string;

/** A document is the same one whatever place it has among those of its kind; any other part goes by its name. */
const identityOf = ({ name, content }: ScopePart): string => (typeof content?.artifact_id === 'string' ? content.artifact_id : name);
const kindOf = ({ name }: ScopePart): string => name.replace(/ \(\d+\)$/, '');

/** Where several documents are of a kind, each is called by its file. */
function labelsOf(all: readonly ScopePart[]): Label {
  const documents = new Map(all.filter(({ content }) => content?.artifact_id).map((part) => [identityOf(part), kindOf(part)]));
  const several = (kind: string) => [...documents.values()].filter((each) => each === kind).length > 1;
  return (part) => {
    const { artifact_id, filename } = part.content ?? {};
    if (!artifact_id) return part.name;
    return several(kindOf(part)) && typeof filename === 'string' ? `${kindOf(part)} "${filename}"` : kindOf(part);
  };
}

/** In words, what differs between the parts that were approved and the present ones; figures where both are known. */
export function changedParts(before: readonly ScopePart[], now: readonly ScopePart[]): string[] {
  // Of a scope that was too large the names and hashes alone are kept.
  const known = [...before, ...now].every(({ content }) => content);
  const idOf = known ? identityOf : ({ name }: ScopePart) => name;
  const label: Label = known ? labelsOf([...before, ...now]) : ({ name }) => name;
  const [earlier, present] = [before, now].map((parts) => new Map(parts.map((part) => [idOf(part), part]))) as [
    Map<string, ScopePart>,
    Map<string, ScopePart>,
  ];
  const gone = before.filter((part) => !present.has(idOf(part))).map((part) => `${label(part)} is no longer part of it`);
  const moved = before.flatMap((part) => {
    const after = present.get(idOf(part));
    if (!after || after.sha256 === part.sha256) return [];
    const words = part.content && after.content ? changesInWords(part.content, after.content) : [];
    return [words.length > 0 ? `${label(part)}: ${words.join(', ')}` : `${label(part)} changed`];
  });
  return [...gone, ...moved, ...now.filter((part) => !earlier.has(idOf(part))).map((part) => `${label(part)} was added`)];
}
