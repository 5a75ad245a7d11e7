import type { AnchorReading, LogAnchored, SignedAnchor } from '@lastcopy/contracts';
import { judgeAnchors } from './read-back-anchors.js';

const now = new Date('2026-03-10T00:00:00.000Z');
const head = { source: 'gateway', epoch: '0b8e6a0e-6c1f-4c7a-9d0c-6f2f3d1f7a10', position: 7, hash: 'a'.repeat(64) } as const;

const signed = (anchor_no: number): SignedAnchor => ({
  ...{ anchor_no, taken_at: `2026-03-0${anchor_no}T00:00:00.000Z`, heads: [head], key: `anchors/${anchor_no}` },
  ...{ sha256: String(anchor_no).repeat(64), previous_sha256: anchor_no === 1 ? null : String(anchor_no - 1).repeat(64) },
});

function told(anchor_no: number, changes: Partial<LogAnchored> = {}): LogAnchored {
  const { heads, key, sha256, previous_sha256 } = signed(anchor_no);
  const kept = { bucket: 'anchors', version_id: 'v1', retain_until: '2036-01-01T00:00:00.000Z' };
  return { anchor_id: `anchor-${anchor_no}`, anchor_no, heads, key, sha256, previous_sha256, ...kept, ...changes };
}

const reading = (numbers: number[], changes: Partial<AnchorReading> = {}): AnchorReading => ({
  ...{ anchored: true, anchors: numbers.map(signed), complete: true, faults: [] },
  ...changes,
});

it('agrees with a log that tells what was signed', () => {
  const judged = judgeAnchors(reading([2, 1]), [told(2), told(1)], now);
  expect(judged).toMatchObject({ falselyTold: undefined, audited: { state: 'compared', read: 2, faults: [] } });
});

it.each([
  ['other heads', told(2, { heads: [{ ...head, position: 6 }] })],
  ['another digest', told(2, { sha256: 'f'.repeat(64) })],
  ['another place', told(2, { key: 'anchors/elsewhere' })],
  ['another one before it', told(2, { previous_sha256: null })],
  ['an anchor that does not stand there', told(3)],
])('finds a log that tells of %s', (_, event) => {
  expect(judgeAnchors(reading([2, 1]), [event, told(1)], now).falselyTold).toContain(`anchor ${event.anchor_no}`);
});

it('says nothing of older anchors than were read, nor of one that is gone because its retention has ended', () => {
  expect(judgeAnchors(reading([3, 2], { complete: false }), [told(3), told(2), told(1)], now).falselyTold).toBeUndefined();
  const ended = told(1, { retain_until: '2026-03-09T00:00:00.000Z' });
  expect(judgeAnchors(reading([2]), [told(2), ended], now).falselyTold).toBeUndefined();
});

it('passes on what the integrity-service found wrong', () => {
  const faults = ['anchor 2 is not under lock'];
  expect(judgeAnchors(reading([2, 1], { faults }), [], now).audited).toEqual({ state: 'compared', read: 2, faults });
});

it('is not anchored where none are taken, which is no fault, unless some were taken before', () => {
  const none = reading([], { anchored: false });
  expect(judgeAnchors(none, [], now).audited).toEqual({ state: 'not_anchored', read: 0, faults: [] });
  expect(judgeAnchors(none, [told(2)], now).audited).toMatchObject({
    state: 'unreadable',
    faults: [expect.stringContaining('up to anchor 2')],
  });
});
