import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { s3Conformance, type S3Endpoint } from './s3-conformance.js';

const run = promisify(execFile);
const tools = path.resolve('tools/radosgw');
// The first start on a machine installs Ceph's packages.
const startMs = 600_000;
let dir: string;
let endpoint: S3Endpoint;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-radosgw-'));
  await run(path.join(tools, 'up.sh'), [dir]);
  const [url, accessKeyId, secretAccessKey] = (await readFile(path.join(dir, 'endpoint'), 'utf8')).split('\n');
  endpoint = { url: url!, accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
}, startMs);

afterAll(async () => {
  await run(path.join(tools, 'down.sh'), [dir]);
  await rm(dir, { recursive: true, force: true });
});

// Ceph 16.2 ignores x-amz-checksum-*, answers 411 to aws-chunked trailers, drops the retention of CreateMultipartUpload and, in
// versioned buckets, decides no condition of a write: five writers with If-None-Match all won.
s3Conformance("Ceph's gateway", () => endpoint, {
  flexibleChecksums: false,
  streamedBodies: false,
  retentionAtCreateMultipart: false,
  conditionalWrites: false,
  exactComplete: false,
  ordersParts: false,
});
