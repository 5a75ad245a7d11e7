import { execFile } from 'node:child_process';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { readEnvironment } from '../../apps/cli/src/config.js';
import { describeError } from '../../apps/cli/src/output/report-error.js';
import { createProgram } from '../../apps/cli/src/program.js';
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

/** A fault of usage ends the command, not the process that the tests run in. */
function endWithoutExit(command: Command, write: (text: string) => void): void {
  command.exitOverride().configureOutput({ writeOut: write, writeErr: write });
  for (const child of command.commands) endWithoutExit(child, write);
}

/** The same program in the process of the test, at a fraction of the time of a process: for what commands say and do. One at a time. */
export const lastcopyWithinFor =
  (stack: () => Stack) =>
  async (...args: string[]): Promise<CommandResult> => {
    let out = '';
    const write = (text: string) => void (out += text);
    const written = new Writable({ decodeStrings: false, write: (chunk, _, done) => done(void write(String(chunk))) });
    const environment = readEnvironment({ LASTCOPY_PROFILE: path.join(stack().infrastructure.dataDir, 'stack.json') }, '.');
    const program = createProgram(environment, written as NodeJS.WriteStream);
    endWithoutExit(program, write);
    process.exitCode = 0;
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      write(describeError(error));
      process.exitCode = 1;
    }
    const code = Number(process.exitCode);
    process.exitCode = undefined;
    return { code, out };
  };
