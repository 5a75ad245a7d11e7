import { ensureNatsServer } from './servers/nats.mjs';

try {
  ensureNatsServer();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
