import type { ClassificationFinding, FindingKind, SampledFigures } from '@lastcopy/contracts';
import { suggestFrom } from './thresholds.js';

interface Meaning {
  readonly classification: string;
  readonly requirements: readonly string[];
}

const person: Meaning = { classification: 'PII', requirements: ['GDPR'] };
const money: Meaning = { classification: 'Financial', requirements: [] };
const health: Meaning = { classification: 'PHI', requirements: ['HIPAA', 'GDPR'] };

const meanings: Readonly<Record<FindingKind, Meaning>> = {
  email: person,
  phone: person,
  card_number: { classification: 'Financial', requirements: ['PCI-DSS'] },
  iban: money,
  us_ssn: { classification: 'PII', requirements: ['CCPA'] },
  de_tax_id: person,
  es_dni: person,
  it_codice_fiscale: person,
  nl_bsn: person,
  uk_nino: person,
  fr_nir: person,
  pl_pesel: person,
  date_of_birth: person,
  health_code: health,
  health_record: health,
  person_name: person,
  postal_address: person,
  salary: money,
  bank_account: money,
  user_account: { classification: 'User Data', requirements: [] },
};

export interface Suggestion {
  data_classification: string[];
  compliance_requirements: string[];
  explanation: string[];
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
const places = (count: number): string => `${count} ${count === 1 ? 'place' : 'places'}`;

function explain(findings: readonly ClassificationFinding[], counted: readonly ClassificationFinding[], sampled: SampledFigures): string[] {
  const kinds = distinct(counted.map(({ kind }) => kind)) as FindingKind[];
  const reasons = kinds.map((kind) => {
    const of = counted.filter((finding) => finding.kind === kind);
    const { classification, requirements } = meanings[kind];
    const best = Math.max(...of.map(({ confidence }) => confidence));
    const asks = requirements.length > 0 ? `, for which ${requirements.join(' and ')} may ask` : '';
    return `${classification}: ${kind} in ${places(of.length)} (confidence up to ${best})${asks}.`;
  });
  const unsure = findings.length - counted.length;
  return [
    `Looked at ${sampled.values} values in ${sampled.elements} columns or groups of files of ${sampled.containers} tables or folders.`,
    ...reasons,
    ...(counted.length === 0 ? ['Nothing was found that asks for a classification.'] : []),
    ...(unsure > 0 ? [`${places(unsure)} below a confidence of ${suggestFrom} are listed and do not count.`] : []),
    ...(sampled.skipped > 0 ? [`${sampled.skipped} tables or folders could not be read: nothing is known of them.`] : []),
    ...(sampled.complete ? [] : ['The look ended at its limit of time or size: what was not reached is unknown.']),
    'A sample shows what is there, never that something is absent. Requirements that follow from the business (SOX) cannot be seen in data.',
  ];
}

/** Pure: what the findings suggest, and why. */
export function suggest(findings: readonly ClassificationFinding[], sampled: SampledFigures): Suggestion {
  const counted = findings.filter(({ confidence }) => confidence >= suggestFrom);
  return {
    data_classification: distinct(counted.map(({ kind }) => meanings[kind].classification)),
    compliance_requirements: distinct(counted.flatMap(({ kind }) => meanings[kind].requirements)),
    explanation: explain(findings, counted, sampled),
  };
}
