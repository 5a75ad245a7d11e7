import base from './jest.config.mjs';

// Demo systems of a few megabytes: what is watched are the pages.
process.env.LASTCOPY_DEMO_SCALE ??= '0.01';

/** What people do in Debian's Chromium, over the real stack: one browser at a time. */
export default { ...base, testMatch: ['**/test/browser/**/*.browser-spec.ts'], testTimeout: 180_000, maxWorkers: 1 };
