import path from 'node:path';
import { startKept } from '../servers/kept-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** The embedded S3 server as a process of its own: gone when we are gone. */
export async function startObjectStore({ dir, port, credentials }) {
  const users = [credentials.writer, credentials.reader, credentials.documents, credentials.anchors];
  const server = await startKept({
    command: process.execPath,
    args: [path.join(root, 'libs/embedded-s3/dist/main.js')],
    stopSignal: 'SIGTERM',
    readyText: 'S3 is ready',
    env: { EMBEDDED_S3_DIR: dir, EMBEDDED_S3_PORT: String(port), EMBEDDED_S3_CREDENTIALS: JSON.stringify(users) },
  });
  return { ...server, url: `http://127.0.0.1:${port}` };
}
