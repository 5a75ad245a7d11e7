import { NotReadableYet } from './api-client.js';
import { readEnvironment } from './config.js';
import { describeError } from './output/report-error.js';
import { createProgram } from './program.js';

// A reader such as `head` that goes away early is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await createProgram(readEnvironment(process.env, process.cwd())).parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = error instanceof NotReadableYet ? 0 : 1;
}
