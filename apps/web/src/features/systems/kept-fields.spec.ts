import { changedOnto, differences, isSaved, type KeptFields } from './kept-fields.js';
import { emptyForm, type SystemFields } from './system-fields.js';

const base: SystemFields = {
  ...emptyForm,
  ...{ system_name: 'Billing', host: 'db-1', database: 'billing', user: 'reader', secret_ref: 'billing' },
  ...{ data_classification: ['PII', 'Financial'] },
};
const kept = (typed: Partial<SystemFields>): KeptFields => ({ version: 3, base, typed: { ...base, ...typed } });
const moved: SystemFields = { ...base, host: 'db-2', data_classification: ['Financial', 'PII'] };

it('names where a draft and a newer version differ, and who made the difference', () => {
  const draft = kept({ retirement_reason: 'Out of support', reason: 'Asked by Dana' });
  expect(differences(draft, moved)).toEqual([
    { field: 'host', label: 'Host', now: 'db-2', typed: 'db-1', changedBy: 'somebody else' },
    { field: 'retirement_reason', label: 'Why it retires', now: '', typed: 'Out of support', changedBy: 'draft' },
  ]);
  expect(differences(kept({ host: 'db-9' }), moved)).toMatchObject([{ field: 'host', now: 'db-2', typed: 'db-9', changedBy: 'both' }]);
});

it('names nothing where the draft says what stands there by now', () => {
  const saved = kept({ host: ' db-2', port: '5432', reason: 'Moved' });
  expect(differences(saved, moved)).toEqual([]);
  expect(isSaved(saved, moved, 4)).toBe(true);
  expect(isSaved(kept({ host: 'db-9' }), moved, 4)).toBe(false);
  expect(isSaved(kept({ reason: 'Moved' }), base, 3)).toBe(false);
});

it('brings back what the draft changed, and overwrites nothing else', () => {
  const brought = changedOnto(moved, kept({ retirement_reason: 'Out of support', reason: 'Asked by Dana', allow_empty: true }));
  expect(brought).toEqual({ ...moved, retirement_reason: 'Out of support', reason: 'Asked by Dana', allow_empty: true });
  expect(changedOnto(moved, kept({ host: 'db-9' })).host).toBe('db-9');
});
