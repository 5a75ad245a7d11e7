import { Controller, type ExecutionContext } from '@nestjs/common';
import { parseAs } from '@lastcopy/contracts';
import { namesOf, QueryGuard, TakesQuery } from './query-of.js';
import { auditFilterOf, AuditPageQuery, AuditQuery, InboxQuery, NotificationQuery, PolicyImportQuery } from './query-shapes.js';

@Controller()
class Routes {
  @TakesQuery({ names: ['limit', 'from'], strict: true })
  strict() {}

  @TakesQuery({ names: ['limit'], strict: false })
  compatible() {}

  open() {}
}

const pass = (handler: keyof Routes, query: Record<string, unknown>) => {
  const context = { getHandler: () => Routes.prototype[handler], switchToHttp: () => ({ getRequest: () => ({ query }) }) };
  return new QueryGuard().canActivate(context as unknown as ExecutionContext);
};
const refused = (pointer: string) =>
  expect.objectContaining({ code: 'VALIDATION_FAILED', details: { errors: [expect.objectContaining({ pointer })] } });

it('refuses what a route does not take, and what is given twice', () => {
  expect(pass('strict', { limit: '5', from: '' })).toBe(true);
  expect(() => pass('strict', { 'from[]': '2026-01-01' })).toThrow(refused('/from[]'));
  expect(() => pass('strict', { form: '2026-01-01' })).toThrow(refused('/form'));
  expect(() => pass('strict', { from: ['a', 'b'] })).toThrow(refused('/from'));
});

it('lets clients of the earlier product send what it does not know, but nothing that it knows twice', () => {
  expect(pass('compatible', { limit: '5', _: '1' })).toBe(true);
  expect(() => pass('compatible', { limit: ['5', '6'] })).toThrow(refused('/limit'));
  expect(pass('open', { any: ['thing'] })).toBe(true);
});

it.each([
  ['2026-02-28', '2026-02-28T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2026-02-28T12:00:00+02:00', '2026-02-28T10:00:00.000Z'],
  ['2026-02-28T12:00Z', '2026-02-28T12:00:00.000Z'],
  ['1900-01-01', '1900-01-01T00:00:00.000Z'],
  ['2999-12-31T23:59:59Z', '2999-12-31T23:59:59.000Z'],
  ['', undefined],
])('reads the time %j', (from, iso) => {
  expect(auditFilterOf(parseAs(AuditQuery, { from })).from).toBe(iso);
});

it.each([
  ...['2026-02-30', '2025-02-29', '2026-13-01', '2026-02-28T12:00:00', '2026-02-28T25:00:00Z', '2026', 'yesterday', '1', '2026-W05'],
  ...['0000-01-01', '0001-01-01T00:00:00+14:00', '1899-12-31', '1900-01-01T00:00:00+01:00'],
  ...['9999-12-31T23:59:59-14:00', '3000-01-01', '2999-12-31T23:59:59-01:00'],
])('refuses the time %j', (to) => {
  expect(() => parseAs(AuditQuery, { to })).toThrow(refused('/to'));
});

it.each([
  [AuditQuery, { flow_id: 'nonsense' }, '/flow_id'],
  [AuditQuery, { outcome: 'perhaps' }, '/outcome'],
  [AuditQuery, { actor: 'x'.repeat(256) }, '/actor'],
  [InboxQuery, { mine: 'perhaps' }, '/mine'],
  [InboxQuery, { status: 'Open' }, '/status'],
  [PolicyImportQuery, { dry_run: 'yes' }, '/dry_run'],
])('refuses a filter of %p that nothing matches: %j', (type, query, pointer) => {
  expect(() => parseAs<object>(type, query)).toThrow(refused(pointer));
});

it('takes a flag without a value as true, and an empty filter as none', () => {
  expect(parseAs(NotificationQuery, { unread: '' }).unread).toBe(true);
  expect(parseAs(NotificationQuery, { unread: 'false' }).unread).toBe(false);
  expect(parseAs(InboxQuery, { status: '' }).status).toBeUndefined();
});

it('knows the parameters of a class and of what it extends', () => {
  expect(namesOf(AuditPageQuery).sort()).toEqual([
    'actor',
    'cursor',
    'flow_id',
    'from',
    'job_id',
    'outcome',
    'system_id',
    'text',
    'to',
    'type',
  ]);
});
