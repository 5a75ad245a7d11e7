export * from './place-once.js';
