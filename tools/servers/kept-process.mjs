import { spawn } from 'node:child_process';
import path from 'node:path';

const keeper = path.join(import.meta.dirname, 'keeper.mjs');
const logTailChars = 4000;

/**
 * Starts a server under the keeper and resolves once its stderr shows `readyText`.
 * Rejects with the end of that log when it exits first. `stop()` resolves after the server is gone.
 */
export function startKept({ command, args, stopSignal, readyText, uid, env }) {
  const child = spawn(process.execPath, [keeper, stopSignal, command, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...env, ...(uid ? { KEEPER_UID: String(uid) } : {}) },
    detached: true,
  });
  let log = '';
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-logTailChars);
      if (log.includes(readyText)) resolve({ stop, exited, log: () => log });
    });
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`${path.basename(command)} exited with ${code} before it was ready\n${log}`)));
  });
}
