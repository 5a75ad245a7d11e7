import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { handleRequest, type HandlerOptions } from './handle-request.js';
import { openObjectFiles } from '../store/object-files.js';

const credential = { accessKeyId: 'AKIAWRITER', secretAccessKey: 'writer secret' };
const never = new Promise<void>(() => undefined);

it('takes a client that is gone before its answer begins for no defect, and leaves no file of it open', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-s3-'));
  const store = await openObjectFiles(dir);
  const bodies = { begun: 0, ended: 0 };
  const read = store.blobs.read.bind(store.blobs);
  store.blobs.read = async function* (...range) {
    bodies.begun += 1;
    try {
      yield* read(...range);
    } finally {
      bodies.ended += 1;
    }
  };
  const defects: unknown[] = [];
  const reached = Promise.withResolvers<void>();
  let work: Promise<void> | undefined;
  const optionsOf = (response: ServerResponse): HandlerOptions => ({
    ...{ store, credentials: new Map([[credential.accessKeyId, credential]]), stopped: never },
    onDefect: (error) => void defects.push(error),
    fault: async ({ operation }) => {
      if (operation !== 'GetObject') return undefined;
      const closed = once(response, 'close');
      reached.resolve();
      await closed;
      return undefined;
    },
  });
  const server = createServer((request: IncomingMessage, response) => void (work = handleRequest(request, response, optionsOf(response))));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: credential, maxAttempts: 1 });
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'open-data' }));
    await client.send(new PutObjectCommand({ Bucket: 'open-data', Key: 'k', Body: Buffer.alloc(1_000_000) }));
    const leaving = new AbortController();
    const asked = client.send(new GetObjectCommand({ Bucket: 'open-data', Key: 'k' }), { abortSignal: leaving.signal });
    const refused = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await reached.promise;
    leaving.abort();
    await refused;
    await work;
    expect(defects).toEqual([]);
    expect(bodies.ended).toBe(bodies.begun);
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
    store.close();
    await rm(dir, { recursive: true, force: true });
  }
});
