import { Command } from 'commander';
import type { CliEnvironment } from './config.js';
import { registerApprovals } from './commands/approvals.js';
import { registerArtifacts } from './commands/artifacts.js';
import { registerAssignments } from './commands/assignments.js';
import { registerAudit } from './commands/audit.js';
import { createContext } from './commands/context.js';
import { registerDecisions } from './commands/decisions.js';
import { registerDoctor } from './commands/doctor.js';
import { registerEvents } from './commands/events.js';
import { registerFlows } from './commands/flows.js';
import { registerHolds } from './commands/holds.js';
import { registerInputs } from './commands/inputs.js';
import { registerJobs } from './commands/jobs.js';
import { registerNotifications } from './commands/notifications.js';
import { registerPolicies } from './commands/policies.js';
import { registerRegulations } from './commands/regulations.js';
import { registerRestore } from './commands/restore.js';
import { registerSignIn } from './commands/sign-in.js';
import { registerSystems } from './commands/systems.js';
import { registerVerify } from './commands/verify.js';
import { registerWebhooks } from './commands/webhooks.js';

/** The whole command line, ready to parse. */
export function createProgram(environment: CliEnvironment, out: NodeJS.WriteStream = process.stdout): Command {
  const program = new Command('lastcopy')
    .description('Takes, proves and gates the last copy of a retiring system’s data')
    .option('--as <person>', 'act as this person of the profile')
    .showHelpAfterError();
  const context = createContext(environment, out, () => program.opts<{ as?: string }>().as);
  for (const register of [
    registerSignIn,
    registerSystems,
    registerPolicies,
    registerRegulations,
    registerFlows,
    registerAssignments,
    registerArtifacts,
    registerInputs,
    registerApprovals,
    registerDecisions,
    registerJobs,
    registerHolds,
    registerNotifications,
    registerWebhooks,
    registerAudit,
    registerEvents,
    registerDoctor,
    registerRestore,
    registerVerify,
  ])
    register(program, context);
  return program;
}
