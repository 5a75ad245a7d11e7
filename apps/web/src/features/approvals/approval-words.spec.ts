import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { byDueDate, escalatedTo, meanings, newestDecisionFirst, roles, type Approval } from './approval-words.js';

const approval = (some: Partial<Approval>): Approval =>
  ({ requested_at: '2026-01-01T00:00:00Z', due_at: null, decided_at: null, ...some }) as Approval;

it('shows what is due first before what is due later', () => {
  const [late, soon, undated] = [
    approval({ due_at: '2026-02-01T00:00:00Z' }),
    approval({ due_at: '2026-01-05T00:00:00Z' }),
    approval({ requested_at: '2026-01-20T00:00:00Z' }),
  ];
  expect([late, undated, soon].sort(byDueDate)).toEqual([soon, undated, late]);
});

it('shows the newest decision first, and what ended without one by its request', () => {
  const [decided, expired] = [approval({ decided_at: '2026-03-01T00:00:00Z' }), approval({ requested_at: '2026-02-01T00:00:00Z' })];
  expect([expired, decided].sort(newestDecisionFirst)).toEqual([decided, expired]);
});

it('names people, and says which role was told', () => {
  const nameOf = (userId: string) => (userId === 'olga' ? 'Olga Operator' : userId);
  expect(escalatedTo(approval({ escalated_to: ['person:olga', 'role:legal'] }), nameOf)).toBe('Olga Operator and everybody of legal');
});

it('says word for word what the gateway keeps as the meaning of a signature', () => {
  const gateway = readFileSync('apps/gateway/src/approval/domain/signing.ts', 'utf8');
  for (const role of roles) for (const meaning of Object.values(meanings[role])) expect(gateway).toContain(`${role}: '${meaning}'`);
});
