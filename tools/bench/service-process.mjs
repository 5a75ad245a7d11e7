// A service as a process of its own, as in production: its memory and time are its alone.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { productionSettings } from '../servers/production-settings.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const logTailChars = 8000;

/** Resolves when the service is ready; rejects with the end of its log when it exits first. `stop` resolves when it is gone. */
export async function startService(name, env) {
  const child = spawn(process.execPath, [path.join(root, `apps/${name}/dist/main.js`)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...productionSettings, ...env, LOG_LEVEL: 'info' },
  });
  let log = '';
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-logTailChars);
      if (log.includes('service is ready')) resolve();
    });
    void exited.then((how) => reject(new Error(`${name} ended with ${how}:\n${log}`)));
  });
  return {
    pid: child.pid,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      process.off('exit', endWithUs);
    },
  };
}
