import { parseScratchName, scratchName, scratchPattern } from './scratch-name.js';

const epoch = '0123abcd-0000-4000-8000-000000000000';
const verificationId = '5a2c0f5e-7a55-4f5c-9b0e-2f0f2f7b6c11';

it('says whose it is, within the length that PostgreSQL keeps', () => {
  const name = scratchName(epoch, verificationId, 12_345);
  expect(name.length).toBeLessThanOrEqual(63);
  expect(parseScratchName(name)).toEqual({ verificationId, claimNo: 2345 });
  expect(parseScratchName('lastcopy_scratch_of_somebody_else')).toBeUndefined();
});

it('is found by its installation and by its verification, literally', () => {
  expect(scratchPattern(epoch)).toBe('lastcopy\\_scratch\\_0123abcd\\_%');
  expect(scratchPattern(epoch, verificationId)).toBe('lastcopy\\_scratch\\_0123abcd\\_5a2c0f5e7a554f5c9b0e2f0f2f7b6c11\\_%');
});
