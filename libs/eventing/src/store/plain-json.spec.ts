import fc from 'fast-check';
import { openLog, type LogFixture } from '../testing/log-fixture.js';
import { canonicalJson } from './envelope-hash.js';
import { plainJson } from './plain-json.js';
import { Upcasters } from './upcasters.js';

describe('data of events', () => {
  let log: LogFixture;
  beforeAll(async () => {
    log = await openLog('plain_json');
  });
  afterAll(() => log.database.drop());

  it('comes back from the database with the same RFC 8785 bytes, or is refused before', async () => {
    const edge = [5e-324, Number.MAX_VALUE, -0, 1e21, 0.1 + 0.2, 2 ** 53 + 2, 12.345678912345678];
    const anyText = fc.string({ unit: 'binary', maxLength: 20 });
    const anyJson = fc.object({ key: anyText, values: [anyText, fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom(...edge)] });
    await fc.assert(
      fc.asyncProperty(anyJson, async (value) => {
        let plain: object;
        try {
          plain = plainJson(value);
        } catch (error) {
          return expect(error).toMatchObject({ code: 'EVENT_MALFORMED' });
        }
        const [row] = await log.store.query<{ data: object }>('select $1::jsonb as data', [JSON.stringify(plain)]);
        expect(canonicalJson(row!.data)).toBe(canonicalJson(plain));
      }),
      { numRuns: 300, examples: [[{ edge }]] },
    );
  });

  it('refuses cycles and leaves out absent fields', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = [cycle];
    expect(() => plainJson(cycle)).toThrow(/reference to itself/);
    expect(() => plainJson({ list: [undefined] })).toThrow('/list/0 holds a value of type undefined');
    expect(plainJson({ a: undefined, b: null })).toEqual({ b: null });
  });

  it('refuses an event that is newer than the software, and one that no upcast leads on from', () => {
    const upcasters = new Upcasters().register('ArchiveJobPaused', 0, (data) => ({ reason: 'unknown', ...data }));
    expect(upcasters.upcast('ArchiveJobPaused', 0, { job_id: 'j' })).toEqual({
      schema_version: 1,
      data: { job_id: 'j', reason: 'unknown' },
    });
    expect(() => upcasters.upcast('ArchiveJobPaused', 2, {})).toThrow(/Update it first/);
    expect(() => upcasters.upcast('ArchiveJobResumed', 0, {})).toThrow(/no upcast leads on/);
  });
});
