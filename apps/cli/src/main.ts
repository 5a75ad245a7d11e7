import { readEnvironment } from './config.js';
import { describeError } from './output/report-error.js';
import { createProgram } from './program.js';

try {
  await createProgram(readEnvironment(process.env, process.cwd())).parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
