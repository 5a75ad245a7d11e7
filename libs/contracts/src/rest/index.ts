export * from './approvals.js';
export * from './documents.js';
export * from './flows.js';
export * from './inventory.js';
export * from './jobs.js';
export * from './systems.js';
