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
import { removePostgresData } from '../servers/postgres.mjs';
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

function forgetData(dataDir) {
  removePostgresData(path.join(dataDir, 'pg'));
  for (const name of fs.readdirSync(dataDir))
    if (name !== 'instance.pid') fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
}

const untilAborted = (signal) =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', resolve, { once: true })));

/** The demo job failing is no reason to stop what a person needs to look into it. */
async function runDemo(infrastructure, profile, { once, signal }) {
  try {
    const systems = await createDemoSystems(infrastructure, profile);
    await runMainJob(profile, systems, { once, signal });
  } catch (error) {
    if (once || signal.aborted) throw error;
    console.error(
      `\nThe demo did not come to its end: ${error.message}\nEverything stays up: look at it with \`npx lastcopy flows list\`.`,
    );
  }
}

/** Runs `work` until it ends or a person interrupts; what was started is stopped, last first. */
async function main() {
  const options = readArguments();
  const dataDir = process.env.LASTCOPY_DATA_DIR ? path.resolve(process.env.LASTCOPY_DATA_DIR) : path.join(root, '.data');
  const letGo = holdInstanceLock(dataDir);
  const undo = [letGo];
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupted.abort(new Error('Interrupted before the end.')));
  try {
    if (options.clean) forgetData(dataDir);
    console.log('Starting PostgreSQL, NATS and the object store …');
    const infrastructure = await startInfrastructure(dataDir, { gateway: 8080 });
    undo.push(infrastructure.stop);
    console.log('Starting the services …');
    const services = await startServices(serviceEnvironments(infrastructure), { split: options.split });
    undo.push(services.stop);
    interrupted.signal.throwIfAborted();
    const profile = await writeProfile(infrastructure, services.urls);
    const deaths = Promise.race([infrastructure.death, services.death]).then((name) => {
      throw new Error(`${name} ended by itself. Everything is stopped; start again: the data is kept.`);
    });
    deaths.catch(() => {});
    if (!options.empty) await Promise.race([runDemo(infrastructure, profile, { once: options.once, signal: interrupted.signal }), deaths]);
    if (options.once) return;
    announce(profile, services.urls, dataDir);
    await Promise.race([untilAborted(interrupted.signal), deaths]);
  } catch (error) {
    if (!interrupted.signal.aborted || options.once) throw error;
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
