import 'reflect-metadata';

export * from './command-catalogue.js';
export * from './commands/archive.js';
export * from './commands/integrity.js';
export * from './commands/policy.js';
export * from './commands/seal.js';
export * from './envelope.js';
export * from './event-catalogue.js';
export * from './events/approval.js';
export * from './events/archive.js';
export * from './events/flow.js';
export * from './events/integrity.js';
export * from './events/policy.js';
export * from './progress.js';
export * from './services.js';
export * from './source-description.js';
export * from './validation.js';
export * from './vocabulary.js';
