import { TestDatabases } from './test-databases.fixture.js';

describe('what a state of the server means', () => {
  const databases = new TestDatabases();
  const raise = (state: string) =>
    databases.sql(databases.admin, `DO $$ BEGIN RAISE EXCEPTION 'as the server says it' USING ERRCODE = '${state}'; END $$`);

  it.each([
    ['40001', 'SOURCE_LOST'],
    ['40P01', 'SOURCE_LOCKED'],
    ['53100', 'SOURCE_LOST'],
    ['53200', 'SOURCE_LOST'],
    ['53300', 'SOURCE_UNREACHABLE'],
    ['53400', 'SOURCE_LOST'],
    ['57014', 'SOURCE_LOST'],
    ['57P01', 'SOURCE_LOST'],
    ['57P02', 'SOURCE_LOST'],
    ['57P03', 'SOURCE_UNREACHABLE'],
    ['57P05', 'SOURCE_LOST'],
  ])('%s passes, so it is tried again (%s)', async (state, code) => {
    await expect(raise(state)).rejects.toMatchObject({ code, errorClass: 'transient' });
  });

  it.each(['0A000', '22021', '54000', 'XX001'])('%s will be the same next time', async (state) => {
    await expect(raise(state)).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED', errorClass: 'permanent' });
  });
});
