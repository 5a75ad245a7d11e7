export * from './check-logs.js';
export * from './invariant.js';
