import base from './jest.config.mjs';

/** Campaigns that break things on purpose, round after round: too long for every `npm test`, one at a time so that they do not starve each other. */
export default { ...base, testMatch: ['**/*.faults-spec.ts'], testTimeout: 240_000, maxWorkers: 1 };
