import type { ClassificationFinding } from '@lastcopy/contracts';
import { judge, type Evidence, type Judgement } from '../domain/judge.js';
import { nameSpeaksAgainst, nameSpeaksFor } from '../domain/name-evidence.js';
import { kindRules } from '../domain/thresholds.js';
import type { SampledElement } from '../ports/source-sampling.js';
import type { Detector } from './detectors.js';

export type ElementFinding = Omit<ClassificationFinding, 'place'>;

function countInText({ like, is }: Detector, values: readonly string[]): Evidence['inText'] {
  if (!like) return { of: 0, matched: 0 };
  const seen = new Map<string, boolean>();
  for (const value of values) {
    for (const [whole, group] of value.matchAll(like)) {
      const candidate = (group ?? whole).trim();
      if (!seen.has(candidate)) seen.set(candidate, is(candidate));
    }
  }
  return { of: seen.size, matched: [...seen.values()].filter(Boolean).length };
}

function evidenceOf(detector: Detector, { name: shown, column: name = shown, values }: SampledElement, container: string): Evidence {
  const { kind, is, isNamed = is } = detector;
  const named = nameSpeaksFor(kind, name, container);
  const contrary = !named && nameSpeaksAgainst(name);
  const needed = named || kindRules[kind].valueAlone !== null;
  const matched = needed ? values.filter(named ? isNamed : is).length : 0;
  const rests = kindRules[kind].inText !== null && !(named && matched > 0);
  return {
    kind,
    named,
    contrary,
    whole: { of: values.length, matched },
    inText: rests ? countInText(detector, values) : { of: 0, matched: 0 },
  };
}

const checked = ['de_tax_id', 'es_dni', 'it_codice_fiscale', 'nl_bsn', 'fr_nir', 'pl_pesel', 'us_ssn', 'uk_nino'];

/** A column is one country's id: several may fit where only the values speak. */
function withoutRivals(findings: ElementFinding[]): ElementFinding[] {
  const rank = ({ confidence, matched }: ElementFinding) => confidence + matched / 1e6;
  const [best] = findings.filter(({ kind }) => checked.includes(kind)).sort((a, b) => rank(b) - rank(a));
  return findings.filter((finding) => !checked.includes(finding.kind) || finding === best);
}

/** Pure: what one column, or the files of one kind in a folder, hold. Same values count once: one that is repeated proves nothing more. */
export function classifyElement(detectors: readonly Detector[], element: SampledElement, container: string): ElementFinding[] {
  const values = [...new Set(element.values.map((value) => value.trim()).filter((value) => value !== ''))];
  const findings = detectors.flatMap((detector): ElementFinding[] => {
    const judgement: Judgement | null = judge(evidenceOf(detector, { ...element, values }, container));
    return judgement ? [{ kind: detector.kind, ...judgement }] : [];
  });
  return withoutRivals(findings);
}
