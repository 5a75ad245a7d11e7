// `npm start`: the whole of Lastcopy on one machine, with demo systems and their last copy.
//   --once   exit after the phase transition: 0 when it came, 1 with the reason when it did not
//   --clean  forget the data first
//   --split  a process per service
//   --empty  start the services alone, without demo systems
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createDemoSystems } from './demo-systems.mjs';
import { startInfrastructure } from './infrastructure.mjs';
import { holdInstanceLock } from './instance-lock.mjs';
import { runMainJob } from './main-job.mjs';
import { announce, writeProfile } from './profile.mjs';
import { serviceEnvironments, startServices } from './services.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const flag = { type: 'boolean', default: false };

function readArguments() {
  try {
    return parseArgs({ options: { once: flag, clean: flag, split: flag, empty: flag } }).values;
  } catch (error) {
    throw new Error(`${error.message}. Known: --once, --clean, --split, --empty.`, { cause: error });
  }
}

/** Runs `work` until it ends or a person interrupts; what was started is stopped, last first. */
async function main() {
  const options = readArguments();
  const dataDir = process.env.LASTCOPY_DATA_DIR ? path.resolve(process.env.LASTCOPY_DATA_DIR) : path.join(root, '.data');
  const letGo = holdInstanceLock(dataDir);
  const undo = [letGo];
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupted.abort());
  try {
    if (options.clean)
      for (const name of fs.readdirSync(dataDir))
        if (name !== 'instance.pid') fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
    console.log('Starting PostgreSQL, NATS and the object store …');
    const infrastructure = await startInfrastructure(dataDir, { gateway: 8080 });
    undo.push(infrastructure.stop);
    console.log('Starting the services …');
    const services = await startServices(serviceEnvironments(infrastructure), { split: options.split });
    undo.push(services.stop);
    const profile = await writeProfile(infrastructure, services.urls);
    if (!options.empty) {
      const systems = await createDemoSystems(infrastructure, profile);
      await runMainJob(profile, systems, { once: options.once, signal: interrupted.signal });
    }
    if (options.once) return;
    announce(profile, services.urls);
    if (!interrupted.signal.aborted) await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve, { once: true }));
  } finally {
    if (interrupted.signal.aborted) console.log('\nStopping …');
    for (const step of undo.reverse()) await step();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(`\n${error.code ? `${error.code}: ` : ''}${error.message}${error.hint ? `\n${error.hint}` : ''}`);
  if (process.env.DEBUG) console.error(error);
  process.exit(1);
}
