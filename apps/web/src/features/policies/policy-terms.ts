import type { Changes, Policy } from './queries.js';

/** What a policy says, as a form holds it. */
export interface PolicyTerms {
  policy_name: string;
  description: string;
  retention_period_days: number;
  storage_location: string;
  verification_level: string;
  database_verification_level: string;
  data_types: string[];
  compliance_requirements: string[];
  legal_basis: string[];
  required_approvals: string[];
  encryption_required: boolean;
  /** Of making or revising it. */
  reason: string;
}

export const emptyTerms: PolicyTerms = {
  ...{ policy_name: '', description: '', retention_period_days: 365, storage_location: 's3://archive-bucket/' },
  ...{ verification_level: 'readable', database_verification_level: 'restored', data_types: [], compliance_requirements: [] },
  ...{ legal_basis: [], required_approvals: ['data_owner', 'compliance', 'legal'], encryption_required: true, reason: '' },
};

export const termsOf = (policy: Policy): PolicyTerms => ({
  ...emptyTerms,
  ...Object.fromEntries(Object.keys(emptyTerms).flatMap((name) => (name in policy ? [[name, policy[name as keyof Policy]]] : []))),
  reason: '',
});

/** Only what is another than the policy says now. */
export function changesOf(policy: Policy, terms: PolicyTerms): Changes {
  const now = policy as unknown as Record<string, unknown>;
  const said = Object.entries(terms).filter(([name]) => name !== 'reason');
  return Object.fromEntries(said.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name])));
}
