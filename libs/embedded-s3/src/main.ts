import { readConfig } from './config.js';
import { startEmbeddedS3 } from './server.js';

const run = async (): Promise<void> => {
  const server = await startEmbeddedS3(readConfig());
  const stop = (): void => void server.stop().then(() => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  console.error(`S3 is ready on ${server.url}`);
};

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
