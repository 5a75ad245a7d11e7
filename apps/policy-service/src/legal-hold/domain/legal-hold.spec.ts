import type { Actor } from '@lastcopy/contracts';
import { deciderSpec } from '@lastcopy/testkit';
import { legalHold, type LegalHoldCommand, type LegalHoldEvent } from './legal-hold.js';

const lena: Actor = { user_id: 'lena', name: 'Lena Legal', roles: ['legal'], authenticated_at: '2026-11-22T12:00:00.000Z' };
const olga: Actor = { ...lena, user_id: 'olga', name: 'Olga Operator', roles: ['operator'] };
const robot: Actor = { ...lena, user_id: 'robot', service_account: true };
const hold_id = '6f0e9f5e-63ac-4a43-b5c1-26e1a1b8b0d1';
const scope = { kind: 'system' as const, system_id: 'a6b0c1f3-7d3c-4a0b-a4f1-5a8c5ed0a101' };
const facts = { hold_id, matter: 'Smith v. Acme', scope };

const place = (actor = lena, reason = 'A claim was announced'): LegalHoldCommand => ({
  ...{ type: 'PlaceHold', ...facts, reason, reference: '4 O 12/26', actor },
});
const release = (actor = lena, reason = 'The claim was settled'): LegalHoldCommand => ({ type: 'ReleaseHold', reason, actor });
const placed: LegalHoldEvent = {
  type: 'LegalHoldPlaced',
  data: { ...facts, reason: 'A claim was announced', reference: '4 O 12/26', placed_by: 'lena' },
};
const released: LegalHoldEvent = {
  type: 'LegalHoldReleased',
  data: { ...facts, reason: 'The claim was settled', released_by: 'lena' },
};

describe('A legal hold', () => {
  const { given } = deciderSpec(legalHold);

  it('is placed by legal with a reason', () => given([]).when(place()).then(placed));
  it('stands once, however often it is placed', () => given([placed]).when(place()).thenNothing());
  it('is not for other roles to place', () => given([]).when(place(olga)).thenRejected('FORBIDDEN'));
  it('is not for a service account to place', () => given([]).when(place(robot)).thenRejected('FORBIDDEN'));
  it('is not for a token that does not say when somebody signed in', () =>
    given([])
      .when(place({ ...lena, authenticated_at: null }))
      .thenRejected('FORBIDDEN'));
  it('takes a reason', () => given([]).when(place(lena, ' ')).thenRejected('VALIDATION_FAILED'));
  it('is released by legal with a reason', () => given([placed]).when(release()).then(released));
  it('is not for other roles to release', () => given([placed]).when(release(olga)).thenRejected('FORBIDDEN'));
  it('is not released without a reason', () => given([placed]).when(release(lena, '')).thenRejected('VALIDATION_FAILED'));
  it('is released once', () => given([placed, released]).when(release()).thenNothing());
  it('that never was cannot be released', () => given([]).when(release()).thenRejected('NOT_FOUND'));
  it('can be placed again after its release', () => given([placed, released]).when(place()).then(placed));
});
