import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedS3, type EmbeddedS3 } from '@lastcopy/embedded-s3';
import { s3Conformance } from './s3-conformance.js';

const keys = { accessKeyId: 'AKIACONFORMANCE', secretAccessKey: 'a secret of the conformance suite' };
let dir: string;
let server: EmbeddedS3;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
  server = await startEmbeddedS3({ dir, credentials: [keys] });
});

afterAll(async () => {
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

s3Conformance('the embedded store', () => ({ url: server.url, ...keys }));
