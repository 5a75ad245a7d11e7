import { regulationCatalogue } from './regulation-catalogue.js';

/** The minima of the catalogue, as an assignment applies them. */
export interface Regulation {
  readonly requirement: string;
  /** ISO 8601 duration, where the text has one. */
  readonly minimum: string | null;
  readonly clause: string;
  /** Says when a number is not in the text, or whom it concerns. */
  readonly note: string;
}

export const regulations: readonly Regulation[] = regulationCatalogue
  .filter(({ kind }) => kind === 'minimum')
  .map(({ requirement, duration, clause, note }) => ({ requirement, minimum: duration, clause, note }));
