import { eventCatalogue, type EventType } from '@lastcopy/contracts';
import { recordFolds } from '../read-model/read-model.js';
import { typeIn, typesOf } from './record-of-event.js';

it('tells every event of the contracts to exactly one record, seals and anchors excepted', () => {
  const told = recordFolds.flatMap(({ types }) => types).toSorted();
  const untold: EventType[] = ['FlowSealed', 'FlowUnsealed', 'LogAnchored'];
  const expected = (Object.keys(eventCatalogue) as EventType[]).filter((type) => !untold.includes(type)).toSorted();
  expect(told).toEqual(expected);
});

it('keeps a record to the aggregate that its events are of', () => {
  for (const [kind, aggregate] of [
    ...([
      ['flow', 'decommission_flow'],
      ['approval', 'approval'],
      ['archive', 'archive_job'],
    ] as const),
    ...([
      ['verification', 'verification'],
      ['system', 'system'],
      ['policy', 'retention_policy'],
    ] as const),
  ]) {
    const ofAggregate = Object.entries(eventCatalogue).filter(([, { aggregates }]) => aggregates.includes(aggregate));
    // Looks at a system's source, and inputs to a flow, are records of their own.
    const beside = { system: typesOf('classification'), flow: typesOf('flow_input') };
    const told = [...typesOf(kind), ...(kind === 'system' || kind === 'flow' ? beside[kind] : [])];
    expect([kind, told.toSorted()]).toEqual([kind, ofAggregate.map(([type]) => type).toSorted()]);
  }
});

it('takes the event of another record for none of its own', () => {
  expect(typeIn('flow', 'FlowPaused')).toBe('FlowPaused');
  for (const type of ['ApprovalGranted', 'FlowSealed', 'SomethingNew', 'toString']) expect(typeIn('flow', type)).toBeNull();
});
