export * from './decider-spec.js';
export * from './projection-spec.js';
export * from './test-database.js';
export * from './tcp-proxy.js';
export * from './archive-fixture.js';
export * from './until.js';
export * from './damage-object.js';
