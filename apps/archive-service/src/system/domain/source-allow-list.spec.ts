import type { SourceDescription } from '@lastcopy/contracts';
import { SourceAllowList } from './source-allow-list.js';

const list = new SourceAllowList('127.0.0.1:*, DB.example.com:5432,/srv/share/,::1:5432');
const database = (host: string, port: number): SourceDescription => ({ kind: 'postgresql', host, port });
const folder = (path: string): SourceDescription => ({ kind: 'directory', path });
const refused = expect.objectContaining({ code: 'SOURCE_NOT_ALLOWED' });

it.each([
  database('127.0.0.1', 1),
  database('db.EXAMPLE.com', 5432),
  database('::1', 5432),
  folder('/srv/share'),
  folder('/srv/share/a/b/'),
])('allows %j', (source) => {
  expect(() => list.assertAllowed(source)).not.toThrow();
});

it.each([
  database('db.example.com', 5433),
  database('127.0.0.2', 5432),
  database('169.254.169.254', 80),
  folder('/srv'),
  folder('/srv/shared'),
  folder('/srv/share/../../etc'),
  folder('/'),
])('refuses %j', (source) => {
  expect(() => list.assertAllowed(source)).toThrow(refused);
});

it('allows nothing when it is empty', () => {
  for (const source of [database('127.0.0.1', 5432), folder('/tmp')])
    expect(() => new SourceAllowList('').assertAllowed(source)).toThrow(refused);
});

it('refuses an entry that means nothing', () => {
  expect(() => new SourceAllowList('just-a-host')).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
});
