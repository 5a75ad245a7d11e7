import type {
  FieldFault,
  ImportRetentionPolicies,
  PolicyImport,
  PolicyTermsInput,
  RetentionPolicyDefined,
  StreamToken,
} from '@lastcopy/contracts';
import {
  decideAndAppend,
  deterministicId,
  type CommandAnswer,
  type CommandContext,
  type EventStore,
  type ServiceTransaction,
} from '@lastcopy/eventing';
import { changedFields, completeTerms, faultsOfTerms, inputOf, refuseFaults, type PolicyLimits } from '../domain/policy-terms.js';
import { retentionPolicy } from '../domain/retention-policy.js';
import { policiesOf } from '../projections/policy-catalogue.js';
import { reviseWithin } from './change-policy.js';
import { ensureTenantPolicies } from './ensure-tenant-policies.js';

type Change = PolicyImport['changes'][number] & { readonly terms: PolicyTermsInput };

const keyOf = (name: string): string => name.trim().toLowerCase();

function faultsOfImport(policies: readonly PolicyTermsInput[], limits: PolicyLimits): FieldFault[] {
  const seen = new Set<string>();
  return policies.flatMap((terms, index) => {
    const faults = faultsOfTerms(terms, limits);
    const key = keyOf(terms.policy_name);
    if (seen.has(key)) faults.push({ pointer: '/policy_name', detail: `"${terms.policy_name.trim()}" stands in the file twice` });
    seen.add(key);
    return faults.map(({ pointer, detail }) => ({ pointer: `/policies/${index}${pointer}`, detail }));
  });
}

function planned(
  context: CommandContext,
  limits: PolicyLimits,
  terms: PolicyTermsInput,
  standing: ReadonlyMap<string, RetentionPolicyDefined>,
): Change {
  const found = standing.get(keyOf(terms.policy_name));
  const { client_account_id, engagement_id } = context.tenant;
  const policy_id =
    found?.policy_id ?? deterministicId('imported policy', client_account_id, engagement_id, context.command_id, keyOf(terms.policy_name));
  const next = inputOf({ policy_id, version: 1, ...completeTerms(terms, limits.regulations) });
  const policy_name = next.policy_name;
  if (!found) return { policy_id, policy_name, outcome: 'created', changed: [], terms };
  // A name is found whatever its case, and a file does not change it: that is a revision's to do.
  const changed = changedFields(inputOf(found), next).filter((field) => field !== 'policy_name');
  return { policy_id, policy_name: found.policy_name, outcome: changed.length > 0 ? 'revised' : 'unchanged', changed, terms };
}

async function carryOut(tx: ServiceTransaction, change: Change, reason: string, limits: PolicyLimits): Promise<StreamToken | null> {
  const { policy_id, terms } = change;
  if (change.outcome === 'unchanged') return null;
  if (change.outcome === 'created') {
    const definition = { type: 'DefinePolicy', policy_id, terms: completeTerms(terms, limits.regulations), reason } as const;
    return decideAndAppend(tx, retentionPolicy, 'retention_policy', policy_id, definition);
  }
  // The name stays as the policy spells it.
  return reviseWithin(tx, limits, { policy_id, changes: { ...terms, policy_name: change.policy_name }, reason });
}

class DryRun extends Error {
  constructor(readonly changes: Change[]) {
    super('Only looked at');
  }
}

const toldOf = (changes: readonly Change[]): PolicyImport => ({
  changes: changes.map(({ policy_id, policy_name, outcome, changed }) => ({ policy_id, policy_name, outcome, changed })),
});

/** All policies of a file or none. The answer says what was, or would be, created and revised. Errors: VALIDATION_FAILED with every fault. */
export async function importPolicies(
  store: EventStore,
  limits: PolicyLimits,
  context: CommandContext,
  command: ImportRetentionPolicies,
): Promise<{ token: StreamToken | null; answer: PolicyImport }> {
  refuseFaults(faultsOfImport(command.policies, limits));
  const work = async (tx: ServiceTransaction): Promise<CommandAnswer<PolicyImport>> => {
    await ensureTenantPolicies(tx, context);
    const policies = await policiesOf(tx, context.tenant);
    const standing = new Map(policies.filter(({ status }) => status !== 'inactive').map((policy) => [keyOf(policy.policy_name), policy]));
    const changes = command.policies.map((terms) => planned(context, limits, terms, standing));
    let last: StreamToken | null = null;
    for (const change of changes) last = (await carryOut(tx, change, command.reason, limits)) ?? last;
    if (command.dry_run) throw new DryRun(changes);
    const nothing = { source: store.service, stream_id: '', version: 0 };
    return { ...(last ?? nothing), answer: toldOf(changes) };
  };
  try {
    const { answer, ...token } = await store.execute(context, 'ImportRetentionPolicies', command, work);
    return { token: token.version > 0 ? token : null, answer: answer! };
  } catch (error) {
    // A dry run does everything and is rolled back: what it tells is what would happen.
    if (error instanceof DryRun) return { token: null, answer: toldOf(error.changes) };
    throw error;
  }
}
