import type { Command } from 'commander';
import { checkLogs, type InvariantResult } from '@lastcopy/invariants';
import { connectBus } from '../bus.js';
import { readLog } from '../doctor/read-log.js';
import { runSelfChecks } from '../doctor/self-checks.js';
import { print, printJson, type CliContext } from './context.js';

function report(context: CliContext, results: InvariantResult[]): void {
  for (const { name, promise, violations } of results) {
    print(context, `${violations.length === 0 ? 'ok    ' : 'BROKEN'}  ${name.padEnd(26)}  ${promise}`);
    for (const violation of violations) print(context, `          ${violation.message}`);
  }
}

/** Checks the product's invariants over the running services: their logs, then what each says of itself. */
async function doctor(context: CliContext, options: { json?: boolean }): Promise<void> {
  const nats = await connectBus(context.profile(), 'operator', 'doctor');
  try {
    const results = [...(await checkLogs((service) => readLog(nats, service))), ...(await runSelfChecks(nats))];
    const broken = results.filter((result) => result.violations.length > 0);
    if (options.json) printJson(context, results);
    else {
      report(context, results);
      print(
        context,
        broken.length === 0 ? `All ${results.length} invariants hold.` : `${broken.length} of ${results.length} invariants are broken.`,
      );
    }
    if (broken.length > 0) process.exitCode = 1;
  } finally {
    await nats.close();
  }
}

export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('check the invariants over the running system; exits 1 when one is broken')
    .option('--json')
    .action((options) => doctor(context, options as { json?: boolean }));
}
