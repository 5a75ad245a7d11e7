import { Command } from 'commander';
import type { CliEnvironment } from './config.js';
import { createContext } from './commands/context.js';
import { registerDecisions } from './commands/decisions.js';
import { registerDoctor } from './commands/doctor.js';
import { registerEvents } from './commands/events.js';
import { registerFlows } from './commands/flows.js';
import { registerJobs } from './commands/jobs.js';
import { registerRestore } from './commands/restore.js';
import { registerSystems } from './commands/systems.js';
import { registerVerify } from './commands/verify.js';

/** The whole command line, ready to parse. */
export function createProgram(environment: CliEnvironment, out: NodeJS.WriteStream = process.stdout): Command {
  const program = new Command('lastcopy')
    .description('Takes, proves and gates the last copy of a retiring system’s data')
    .option('--as <person>', 'act as this person of the profile')
    .showHelpAfterError();
  const context = createContext(environment, out, () => program.opts<{ as?: string }>().as);
  for (const register of [
    registerSystems,
    registerFlows,
    registerJobs,
    registerDecisions,
    registerEvents,
    registerDoctor,
    registerRestore,
    registerVerify,
  ])
    register(program, context);
  return program;
}
