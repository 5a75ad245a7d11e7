import type { SourceDescription } from '@lastcopy/contracts';
import { tlsModeOf, tlsOf } from './tls-of.js';

const at = (host: string, tls?: SourceDescription['tls']): SourceDescription => ({ kind: 'postgresql', host, ...(tls ? { tls } : {}) });

it.each([
  ['127.0.0.1', undefined, 'disable'],
  ['localhost', undefined, 'disable'],
  ['::1', undefined, 'disable'],
  ['db.example.org', undefined, 'verify-full'],
  ['10.0.0.7', undefined, 'verify-full'],
  ['localhost.example.org', undefined, 'verify-full'],
  ['127.0.0.1', 'verify-full', 'verify-full'],
  ['db.example.org', 'require', 'require'],
  ['db.example.org', 'disable', 'disable'],
] as const)('%s with %s is %s', (host, tls, mode) => {
  expect(tlsModeOf(at(host, tls))).toBe(mode);
});

it('checks the certificate unless told otherwise', () => {
  expect(tlsOf(at('db.example.org'))).toEqual({ ssl: true });
  expect(tlsOf(at('db.example.org', 'require'))).toEqual({ ssl: { rejectUnauthorized: false } });
  expect(tlsOf(at('db.example.org', 'disable'))).toEqual({});
});
