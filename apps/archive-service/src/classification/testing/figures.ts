import { findingKinds, type FindingKind } from '@lastcopy/contracts';
import { classifyElement } from '../detectors/classify-element.js';
import { detectorsAt } from '../detectors/detectors.js';
import { suggestFrom } from '../domain/thresholds.js';
import { labelledCorpus, type LabelledColumn } from './corpus.js';

export interface KindFigures {
  planted: number;
  found: number;
  /** Columns in which the kind was found and is not. */
  wrong: number;
}

const seeds = [1, 2, 3];
const now = new Date('2026-01-01T00:00:00Z');

/** What is found in each labelled column with enough confidence to count. */
export function classifyCorpus(): { column: LabelledColumn; found: FindingKind[] }[] {
  const detectors = detectorsAt(now);
  return seeds.flatMap(labelledCorpus).map((column) => {
    const { container, element, values } = column;
    const findings = classifyElement(detectors, { name: element, values }, container);
    return { column, found: findings.filter(({ confidence }) => confidence >= suggestFrom).map(({ kind }) => kind) };
  });
}

export function figuresOf(results: ReturnType<typeof classifyCorpus>): Map<FindingKind, KindFigures> {
  return new Map(
    findingKinds.map((kind) => [
      kind,
      {
        planted: results.filter(({ column }) => column.kinds.includes(kind)).length,
        found: results.filter(({ column, found }) => column.kinds.includes(kind) && found.includes(kind)).length,
        wrong: results.filter(({ column, found }) => !column.kinds.includes(kind) && found.includes(kind)).length,
      },
    ]),
  );
}

const percent = (part: number, of: number): string => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`);

/** The rows of the table in docs/classification.md. */
export const figureRows = (figures: Map<FindingKind, KindFigures>): string[] =>
  [...figures].map(
    ([kind, { planted, found, wrong }]) =>
      `| \`${kind}\` | ${planted} | ${found} | ${wrong} | ${percent(found, found + wrong)} | ${percent(found, planted)} |`,
  );
