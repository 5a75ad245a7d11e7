import type { SourceDescription } from '@lastcopy/contracts';
import { SourceAllowList } from './source-allow-list.js';

const shared = { shared: true };
const anyone = { client_account_id: 'anyone', engagement_id: 'e' };
const list = new SourceAllowList('127.0.0.1:*, DB.example.com:5432,/srv/share/,::1:5432', shared);
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
  expect(() => list.assertAllowed(anyone, source)).not.toThrow();
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
  expect(() => list.assertAllowed(anyone, source)).toThrow(refused);
});

it('allows nothing when it is empty', () => {
  for (const source of [database('127.0.0.1', 5432), folder('/tmp')])
    expect(() => new SourceAllowList('', shared).assertAllowed(anyone, source)).toThrow(refused);
});

it('refuses an entry that means nothing', () => {
  expect(() => new SourceAllowList('just-a-host', shared)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
});

it('allows a client account its own entries only', () => {
  const owned = new SourceAllowList('a=/srv/a, b=/srv/b=1,b=db.example.com:5432', { shared: false });
  const [a, b] = ['a', 'b'].map((client_account_id) => ({ client_account_id, engagement_id: 'e' })) as [typeof anyone, typeof anyone];
  expect([owned.rootsOf(a), owned.rootsOf(b), owned.rootsOf(anyone)]).toEqual([['/srv/a'], ['/srv/b=1'], []]);
  for (const source of [folder('/srv/b=1/x'), database('db.example.com', 5432)]) {
    expect(() => owned.assertAllowed(b, source)).not.toThrow();
    for (const other of [a, anyone]) expect(() => owned.assertAllowed(other, source)).toThrow(refused);
  }
});

it.each(['a=/srv/a,/srv/b', 'db.example.com:5432'])('refuses %s, which is partly nobody’s, unless entries are shared', (text) => {
  const nobodys = expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringMatching(/<client_account_id>=/) });
  expect(() => new SourceAllowList(text, { shared: false })).toThrow(nobodys);
  expect(() => new SourceAllowList(text, shared)).not.toThrow();
});
