import base from './jest.config.mjs';

/** Suites that need root on Debian and its packages: the conformance suite against Ceph's gateway. */
export default { ...base, testMatch: ['**/*.debian-spec.ts'], globalSetup: undefined, globalTeardown: undefined, testTimeout: 60_000 };
