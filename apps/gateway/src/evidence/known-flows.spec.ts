import { KnownFlow, KnownFlows } from './known-flows.js';

const tenant = { client_account_id: 'c', engagement_id: 'e' };
const looked = (flowId: string) => ({ flow: KnownFlow.begin(flowId), version: null, judged: flowId });

it('keeps the flows that were looked at last, and no more of them', () => {
  const known = new KnownFlows<string>();
  for (let n = 0; n < 61; n += 1) {
    known.keep(tenant, `flow-${n}`, looked(`flow-${n}`));
    known.keep(tenant, 'often', looked('often'));
  }
  expect(known.of(tenant, 'often')?.judged).toBe('often');
  expect(known.of(tenant, 'flow-60')?.judged).toBe('flow-60');
  expect(known.of(tenant, 'flow-0')).toBeNull();
});

it('shows no flow to another tenant', () => {
  const known = new KnownFlows<string>();
  known.keep(tenant, 'flow', looked('flow'));
  expect(known.of({ ...tenant, engagement_id: 'another' }, 'flow')).toBeNull();
});
