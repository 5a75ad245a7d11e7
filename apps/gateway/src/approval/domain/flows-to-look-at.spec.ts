import { FlowsToLookAt } from './flows-to-look-at.js';

const at = (ms: number) => new Date(Date.UTC(2026, 10, 22) + ms);
const [one, other] = [{ flow_id: 'one' }, { flow_id: 'other' }];

it('leaves a flow once it was looked at, and comes back to one that failed after a pause', () => {
  const flows = new FlowsToLookAt([one, other], 1000);
  expect(flows.due(at(0))).toEqual([one, other]);
  flows.looked(other);
  expect(flows.failed(one, at(0))).toBe(at(1000).toISOString());
  expect(flows.due(at(999))).toEqual([]);
  expect(flows.due(at(1000))).toEqual([one]);
  expect(flows.failed(one, at(1000))).toBe(at(3000).toISOString());
  flows.looked(one);
  expect(flows.due(at(1_000_000))).toEqual([]);
});

it('never gives a flow up, and never pauses for more than ten minutes', () => {
  const flows = new FlowsToLookAt([one], 15_000);
  for (let time = 0; time < 50; time += 1) flows.failed(one, at(0));
  expect(flows.due(at(599_999))).toEqual([]);
  expect(flows.due(at(600_000))).toEqual([one]);
});
