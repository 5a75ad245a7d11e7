export type { BlockSink } from './block-cutter.js';
export * from './diagnose-directory.js';
export { fingerprintDirectory } from './directory-fingerprint.js';
export type { EntryKind, IndexEntry, PackTotals } from './index-entry.js';
export { packDirectory, type PackOptions, type PackSinks } from './pack-directory.js';
export { sampleFiles, type FileSampleLimits, type SampledFile, type SampledFolder } from './sample-files.js';
export { restoreDirectory } from './restore-directory.js';
export { readPack, type PackedEntry } from './read-pack.js';
export { verifyPack } from './verify-pack.js';
