export type { EmbeddedS3Credential } from './auth/credentials.js';
export { readConfig, type EmbeddedS3Config } from './config.js';
export type { Fault, FaultHook, FaultPoint } from './fault.js';
export { startEmbeddedS3, type EmbeddedS3, type EmbeddedS3Options } from './server.js';
