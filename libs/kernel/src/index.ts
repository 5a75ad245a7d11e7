export * from './assert-never.js';
export * from './calendar.js';
export * from './clock.js';
export * from './coded-error.js';
export * from './comparable-json.js';
export * from './decider.js';
export * from './error-registry.js';
export * from './event.js';
