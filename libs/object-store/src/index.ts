export * from './location.js';
export * from './memory-object-store.js';
export * from './object-store.js';
export * from './s3-object-store.js';
export { objectStoreContract, type ContractRig } from './object-store.contract.js';
