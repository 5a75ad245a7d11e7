import type { ClassificationFinding, SampledFigures } from '@lastcopy/contracts';
import { classifyElement } from './detectors/classify-element.js';
import { detectorsAt } from './detectors/detectors.js';
import { suggest, type Suggestion } from './domain/suggest.js';
import { listedFindings } from './domain/thresholds.js';
import type { SampledContainer } from './ports/source-sampling.js';

/** What a place of a finding is called. */
export interface NamedPlace {
  place: string;
  container: string;
  element: string;
}

export interface Look extends Suggestion {
  findings: ClassificationFinding[];
  findings_omitted: number;
  sampled: SampledFigures;
  places: NamedPlace[];
}

interface Found {
  finding: ClassificationFinding;
  named: NamedPlace;
}

/** Keeps the surest findings; so many are dropped at a time that sorting stays rare. */
function keepSurest(found: Found[]): number {
  found.sort((a, b) => b.finding.confidence - a.finding.confidence);
  return found.splice(listedFindings).length;
}

/** Classifies what a sample yields, one container at a time. `finished` tells, at the end, whether the sample was whole. */
export async function lookAtSource(containers: AsyncIterable<SampledContainer>, now: Date, finished: () => boolean): Promise<Look> {
  const detectors = detectorsAt(now);
  const sampled: SampledFigures = { containers: 0, skipped: 0, elements: 0, values: 0, complete: true };
  const found: Found[] = [];
  let omitted = 0;
  for await (const { name, elements } of containers) {
    sampled.containers += 1;
    if (elements === null) sampled.skipped += 1;
    for (const [index, element] of (elements ?? []).entries()) {
      sampled.elements += 1;
      sampled.values += element.values.length;
      const place = `t${sampled.containers}.c${index + 1}`;
      for (const finding of classifyElement(detectors, element, name)) {
        found.push({ finding: { place, ...finding }, named: { place, container: name, element: element.name } });
      }
    }
    if (found.length > 2 * listedFindings) omitted += keepSurest(found);
  }
  omitted += keepSurest(found);
  sampled.complete = finished();
  const findings = found.map(({ finding }) => finding);
  const places = [...new Map(found.map(({ named }) => [named.place, named])).values()];
  return { ...suggest(findings, sampled), findings, findings_omitted: omitted, sampled, places };
}
