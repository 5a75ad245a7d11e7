import { isCodedError } from '@lastcopy/kernel';
import type { RunningService } from './start-service.js';

/** Runs a service as a process of its own: one clear line when it cannot start, a clean stop on SIGINT and SIGTERM. */
export async function runMain(bootstrap: (env: NodeJS.ProcessEnv) => Promise<RunningService>, env: NodeJS.ProcessEnv): Promise<void> {
  let running: RunningService;
  try {
    running = await bootstrap(env);
  } catch (error) {
    process.stderr.write(`${isCodedError(error) ? `${error.code}: ${error.message}\n${error.hint}` : (error as Error).stack}\n`);
    process.exitCode = 1;
    return;
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
