import { randomUUID } from 'node:crypto';
import type { PolicyChanges, PolicyTermsInput, RetentionPolicyDefined } from '@lastcopy/contracts';
import { deciderSpec } from '@lastcopy/testkit';
import { regulations } from '../../regulation/regulations.js';
import { completeTerms, faultsOfTerms, inputOf } from './policy-terms.js';
import { retentionPolicy, type RetentionPolicyEvent } from './retention-policy.js';
import { standardPolicies } from './standard-policies.js';

const { given } = deciderSpec(retentionPolicy);
const policy_id = randomUUID();
const limits = { buckets: ['archive-bucket', 'cold-bucket'], regulations };
const terms = completeTerms(inputOf({ policy_id, version: 1, ...standardPolicies[1]! }), regulations);
const definition: RetentionPolicyDefined = { policy_id, version: 1, ...terms };
const defined: RetentionPolicyEvent = { type: 'RetentionPolicyDefined', data: definition };
const fact = { policy_id, version: 1, policy_name: 'Application Data', reason: 'why' };
const retired: RetentionPolicyEvent = { type: 'RetentionPolicyRetired', data: fact };
const reviewed: RetentionPolicyEvent = { type: 'RetentionPolicyReviewStarted', data: fact };
const ended: RetentionPolicyEvent = { type: 'RetentionPolicyReviewEnded', data: fact };

const decision = { reason: 'why', expected: null };
const revise = (changes: PolicyChanges, more: object = {}) =>
  ({ type: 'RevisePolicy', changes, ...decision, limits, standard: false, ...more }) as const;
const retire = (more: object = {}) => ({ type: 'RetirePolicy', ...decision, standard: false, uses: [], ...more }) as const;
const next = (changes: Partial<RetentionPolicyDefined>, version = 2): RetentionPolicyEvent => ({
  type: 'RetentionPolicyRevised',
  data: { policy_id, version, ...terms, ...changes, changed: Object.keys(changes), reason: 'why' },
});

describe('a revision', () => {
  it('is a whole new version that says what differs and why', () => {
    given([defined])
      .when(revise({ retention_period_days: 1200 }))
      .then(next({ retention_period_days: 1200 }));
  });

  it('that changes nothing makes no version, in whatever order a list is written', () => {
    given([defined]).when(revise({})).thenNothing();
    given([defined])
      .when(revise({ compliance_requirements: ['CCPA', 'GDPR'], retention_period_days: 1095 }))
      .thenNothing();
  });

  it('is refused to whoever looked at an earlier revision', () => {
    const first = next({ retention_period_days: 1200 });
    given([defined, first])
      .when(revise({ description: 'other' }, { expected: 1 }))
      .thenRejected('PRECONDITION_FAILED');
    given([defined, reviewed])
      .when(revise({ description: 'other' }, { expected: 1 }))
      .thenRejected('PRECONDITION_FAILED');
    given([defined])
      .when(revise({ description: 'other' }, { expected: 1 }))
      .then(next({ description: 'other' }));
  });

  it('ends a review', () => {
    const [event] = retentionPolicy.decide(revise({ description: 'other' }), {
      current: { ...definition, status: 'under_review' },
      revision: 2,
    });
    expect(event!.data).toMatchObject({ status: 'active', version: 2 });
  });

  it('is refused for a retired policy, an unknown one, and a new name of one that the rules look up', () => {
    given([defined, retired])
      .when(revise({ description: 'other' }))
      .thenRejected('POLICY_STATE');
    given([])
      .when(revise({ description: 'other' }))
      .thenRejected('NOT_FOUND');
    given([defined])
      .when(revise({ policy_name: 'Other' }, { standard: true }))
      .thenRejected('VALIDATION_FAILED');
  });

  it('carries the legal minima of its requirements', () => {
    const [event] = retentionPolicy.decide(revise({ compliance_requirements: ['SOX'] }), { current: definition, revision: 1 });
    expect((event!.data as RetentionPolicyDefined).minima).toEqual([
      { duration: 'P7Y', requirement: 'SOX', clause: 'Sarbanes-Oxley Act s. 802, 17 CFR 210.2-06(a)' },
    ]);
  });
});

// One change each, and the field that is at fault: written by hand.
it.each<[Partial<PolicyTermsInput>, string | null]>([
  [{}, null],
  [{ policy_name: '  ' }, '/policy_name'],
  [{ retention_period_days: 364 }, '/retention_period_days'],
  [{ retention_period_days: 365 }, null],
  [{ retention_period_days: 36_501 }, '/retention_period_days'],
  [{ storage_location: 's3://cold-bucket/a/b/' }, null],
  [{ storage_location: 's3://foreign-bucket/a/' }, '/storage_location'],
  [{ storage_location: 's3://archive-bucket/a' }, '/storage_location'],
  [{ storage_location: 's3://archive-bucket/../a/' }, '/storage_location'],
  [{ storage_location: 'https://archive-bucket/a/' }, '/storage_location'],
  [{ encryption_required: false }, '/encryption_required'],
  [{ verification_level: 'fixity' }, '/verification_level'],
  [{ verification_level: 'readable' }, null],
  [{ database_verification_level: 'readable' }, '/database_verification_level'],
  [{ database_verification_level: 'reconciled' }, null],
  [{ required_approvals: ['data_owner', 'legal'] }, '/required_approvals'],
  [{ required_approvals: ['legal', 'data_owner', 'compliance'] }, null],
  // Below SOX's seven years: it is lengthened where it is assigned, and not refused.
  [{ compliance_requirements: ['SOX'], retention_period_days: 365 }, null],
])('terms with %j: fault at %s', (change, pointer) => {
  const faults = faultsOfTerms({ ...inputOf(definition), ...change }, limits);
  expect(faults.map((fault) => fault.pointer)).toEqual(pointer ? [pointer] : []);
});

describe('retirement', () => {
  const use = { flow_id: randomUUID(), system_id: randomUUID(), system_name: 'Billing' };

  it('happens once, and not to a policy that open flows use or that the rules name', () => {
    given([defined]).when(retire()).then(retired);
    given([defined, retired]).when(retire()).thenNothing();
    given([defined])
      .when(retire({ uses: [use] }))
      .thenRejected('POLICY_IN_USE');
    given([defined])
      .when(retire({ standard: true }))
      .thenRejected('POLICY_STATE');
    given([defined])
      .when(retire({ expected: 2 }))
      .thenRejected('PRECONDITION_FAILED');
  });
});

describe('a review', () => {
  it('starts and ends once', () => {
    given([defined])
      .when({ type: 'StartReview', ...decision })
      .then(reviewed);
    given([defined, reviewed])
      .when({ type: 'StartReview', ...decision })
      .thenNothing();
    given([defined, reviewed])
      .when({ type: 'EndReview', ...decision })
      .then(ended);
    given([defined])
      .when({ type: 'EndReview', ...decision })
      .thenNothing();
    given([defined, retired])
      .when({ type: 'StartReview', ...decision })
      .thenRejected('POLICY_STATE');
  });
});
