import { describeApi } from './describe-api.js';

it('describes the API without a database or a bus', async () => {
  const document = await describeApi();
  expect(Object.keys(document.paths)).toContain('/api/v1/decommission-flow/{flow_id}/proceed-to-shutdown');
  expect(document.components?.schemas).toHaveProperty('FlowStatusAnswer');
});
