import { quoteLiteral, qualifiedName } from './identifiers.js';
import type { SequenceDescription } from './schema-document.js';
import type { Session } from './session.js';

const batchSize = 200;

/** Completes the descriptions with what each sequence holds now. */
export async function readSequenceValues(session: Session, sequences: SequenceDescription[]): Promise<SequenceDescription[]> {
  const complete: SequenceDescription[] = [];
  for (let from = 0; from < sequences.length; from += batchSize) {
    const batch = sequences.slice(from, from + batchSize);
    const rows = await session.query<{ place: number; last_value: string; is_called: boolean }>(
      'Reading the sequences',
      batch
        .map((sequence, place) => `SELECT ${place} AS place, last_value::text, is_called FROM ${qualifiedName(sequence)}`)
        .join(' UNION ALL '),
    );
    for (const row of rows) complete.push({ ...batch[row.place]!, last_value: row.last_value, is_called: row.is_called });
  }
  return complete;
}

export const setSequenceStatements = (sequences: SequenceDescription[]): string[] =>
  sequences
    .filter((sequence) => sequence.last_value !== undefined)
    .map(
      (sequence) =>
        `SELECT pg_catalog.setval(${quoteLiteral(qualifiedName(sequence))}::pg_catalog.regclass, ${sequence.last_value}, ${sequence.is_called})`,
    );
