import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Stack } from './stack.js';

export interface CommandResult {
  code: number;
  /** Standard output and error. */
  out: string;
}

/** The command line as a person uses it: a process of its own, built, with the stack's profile. */
export const lastcopyFor =
  (stack: () => Stack) =>
  (...args: string[]): Promise<CommandResult> =>
    new Promise((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: '', LASTCOPY_PROFILE: path.join(stack().infrastructure.dataDir, 'stack.json') };
      execFile(process.execPath, ['apps/cli/dist/main.js', ...args], { env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out: out + err }),
      );
    });
