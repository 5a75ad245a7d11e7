import fs from 'node:fs';

export default async function testServersDown() {
  const { base, postgres, nats } = globalThis.testServers;
  await Promise.all([postgres.stop(), nats.stop()]);
  fs.rmSync(base, { recursive: true, force: true });
}
