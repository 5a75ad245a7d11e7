import { legalHoldId } from './legal-hold-id.js';

const hold_id = '6f0e9f5e-63ac-4a43-b5c1-26e1a1b8b0d1';
const scope = { kind: 'system' as const, system_id: 'a6b0c1f3-7d3c-4a0b-a4f1-5a8c5ed0a101' };

describe('The id of a hold', () => {
  const tenant = { client_account_id: 'c', engagement_id: 'e' };
  const job = { kind: 'archive' as const, system_id: scope.system_id, job_id: hold_id };

  it('is one for the same matter however it is written', () =>
    expect(legalHoldId(tenant, ' Smith  v. ACME ', scope)).toBe(legalHoldId(tenant, 'Smith v. Acme', scope)));

  it('differs by matter, by scope and by tenant', () => {
    const ids = [
      legalHoldId(tenant, 'Smith v. Acme', scope),
      legalHoldId(tenant, 'Jones v. Acme', scope),
      legalHoldId(tenant, 'Smith v. Acme', job),
      legalHoldId({ ...tenant, engagement_id: 'other' }, 'Smith v. Acme', scope),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
