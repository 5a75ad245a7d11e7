import { Option, type Command } from 'commander';
import { table } from '../output/table.js';
import { offlineLevels, type CheckReport, type OfflineLevel } from '../restore/check-report.js';
import type { OfflineFlags } from '../restore/offline-settings.js';
import { openOffline } from '../restore/open-offline.js';
import { RestoreProgress } from '../restore/progress.js';
import { verifyOffline } from '../restore/verify-offline.js';
import { print, printJson, type CliContext } from './context.js';
import { interruptible, withOfflineFlags } from './offline-flags.js';

interface VerifyFlags extends OfflineFlags {
  level: OfflineLevel;
  json?: boolean;
}

/** Checks of one name as one line: thousands of objects that are sound are a number. */
function summary({ checks }: CheckReport): string[][] {
  return [...Map.groupBy(checks, ({ name }) => name)].map(([name, all]) => {
    const passed = all.filter((check) => check.passed).length;
    const { expected, actual } = all[0]!;
    const counted = all.length === 1 ? [expected, actual] : [`${all.length} × ${expected}`, `${passed} of ${all.length}`];
    return [passed === all.length ? 'ok' : 'WRONG', name, ...counted];
  });
}

function conclude(context: CliContext, report: CheckReport, level: OfflineLevel): void {
  const { failed } = report;
  print(context, table(['', 'CHECK', 'EXPECTED', 'ACTUAL'], summary(report)));
  for (const { name, where, expected, actual } of failed)
    print(context, `WRONG  ${where}\n  ${name}: expected ${expected}; found ${actual}`);
  print(
    context,
    failed.length === 0
      ? `All ${report.checks.length} checks up to level ${level} passed.`
      : `${failed.length} of ${report.checks.length} checks failed. Do not rely on this archive; keep the source.`,
  );
}

async function verify(context: CliContext, location: string, flags: VerifyFlags): Promise<void> {
  const { level } = flags;
  const report = await interruptible(async (signal) => {
    const source = await openOffline(context.environment, location, flags, signal, { keysNeeded: level === 'readable' });
    const { plain_bytes, stored_bytes } = source.archive.manifest.totals;
    const bytesToRead = { stored: 0, fixity: stored_bytes, readable: stored_bytes + plain_bytes }[level];
    const progress = new RestoreProgress(context.out, bytesToRead, flags.json);
    try {
      return await verifyOffline(source, level, progress);
    } finally {
      progress.stop();
      await source.archive.close();
    }
  });
  if (flags.json) printJson(context, { level, passed: report.failed.length === 0, checks: report.checks });
  else conclude(context, report, level);
  if (report.failed.length > 0) process.exitCode = 1;
}

export function registerVerify(program: Command, context: CliContext): void {
  const level = new Option('--level <level>', 'how far to look; each level includes the ones before')
    .choices(offlineLevels)
    .default('readable');
  const command = program
    .command('verify <manifest-location>')
    .description('check an archive with only the object store and a key; exits 1 naming the object that is wrong')
    .addOption(level)
    .option('--json');
  withOfflineFlags(command).action((location: string, flags) => verify(context, location, flags as VerifyFlags));
}
