export default {
  testEnvironment: 'node',
  rootDir: '.',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/', '/.cache/'],
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2023',
          keepClassNames: true,
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@lastcopy/(policy-service|archive-service|integrity-service|gateway|cli)$': '<rootDir>/apps/$1/src/bootstrap.ts',
    '^@lastcopy/([a-z0-9-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  globalSetup: '<rootDir>/tools/test-servers-up.mjs',
  globalTeardown: '<rootDir>/tools/test-servers-down.mjs',
  testTimeout: 120_000,
  maxWorkers: 2,
  // Every suite leaves its modules behind; the services in it run up to seven times slower once a worker has grown to 2 GB.
  workerIdleMemoryLimit: '600MB',
};
