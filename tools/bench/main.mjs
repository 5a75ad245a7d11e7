// `npm run bench`: how quickly, and in how much memory, a last copy is taken and proven; beside it, a pipe of Debian's tools that does
// a part of the same work. All servers are its own, in a temporary folder that is removed at the end.
//   --gb 0.5            plain text of the tables together, in 10^9 bytes
//   --tables 2          how many tables (1 or 2): an export copies two at a time
//   --directory-gb 0.25 size of the share of files; 0 leaves it out
//   --runs 3            the figures are medians
//   --max-mib 300       fail when the archive-service ever held more memory than this
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startInfrastructure } from '../embedded/infrastructure.mjs';
import { ArchivingServices } from './archive-run.mjs';
import { comparisonTable, medians } from './figures.mjs';
import { directoryPipe, ensurePeerTools, runPeer, databasePipe } from './peer.mjs';
import { createDirectorySource, createDatabaseSource } from './sources.mjs';

/** Of the size of a source, that so much disk is needed: the source itself, PostgreSQL's log, and every run's archives. */
const diskPerRun = 1.2;
const diskAtRest = 3;

function readArguments() {
  const text = (value) => ({ type: 'string', default: value });
  const { values } = parseArgs({
    options: { gb: text('0.5'), tables: text('2'), 'directory-gb': text('0.25'), runs: text('3'), 'max-mib': { type: 'string' } },
  });
  const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value > 0 || (name === 'directory-gb' && value === 0))) throw new Error(`--${name} must be a number above 0.`);
  }
  if (!Number.isInteger(numbers.runs)) throw new Error('--runs must be a whole number.');
  return numbers;
}

function requireRoom(dir, options) {
  if (process.platform !== 'linux') throw new Error('The benchmark reads memory and CPU time from /proc: run it on Linux.');
  const needed = (options.gb + options['directory-gb']) * 1e9 * (diskAtRest + diskPerRun * options.runs);
  const { bavail, bsize } = fs.statfsSync(dir);
  if (bavail * bsize < needed) throw new Error(`${dir} needs ${Math.ceil(needed / 1e9)} GB free. Free some, set TMPDIR, or ask for less.`);
}

/** Runs both in turn, `runs` times, and prints their table. Answers the most memory that the archive-service held. */
async function compare({ title, services, infrastructure, description, pipe, pipeSource, runs }) {
  const measured = [];
  for (let run = 1; run <= runs; run += 1) {
    const ours = await services.run(description);
    const peer = pipe && (await runPeer(infrastructure, pipe, pipeSource));
    measured.push({ ...ours, peer });
    const { wallS, peakMiB } = ours.archived;
    console.log(
      `  run ${run}: ${wallS.toFixed(1)} s, ${peakMiB.toFixed(0)} MiB${peer ? `; the pipe of tools ${peer.wallS.toFixed(1)} s` : ''}`,
    );
  }
  const { uploaded } = measured[0];
  const of = (field) => medians(measured.map((each) => each[field]));
  console.log(
    `\n${(uploaded.bytes / 1e6).toFixed(0)} MB of plain text, ${(uploaded.stored_bytes / 1e6).toFixed(0)} MB stored, medians of ${runs}`,
  );
  console.log(comparisonTable(title, uploaded.bytes, of('archived'), pipe && of('peer'), of('proven')), '\n');
  return Math.max(...measured.map(({ archived }) => archived.peakMiB));
}

async function measure(dataDir, options, undo) {
  const infrastructure = await startInfrastructure(dataDir);
  undo.push(infrastructure.stop);
  const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  const withPeer = ensurePeerTools();
  console.log(`Making ${options.tables} of the tables, ${options.gb} GB together …`);
  const database = await createDatabaseSource(infrastructure, tenant, options.gb, options.tables);
  const services = await ArchivingServices.start(infrastructure, tenant);
  undo.push(() => services.stop());
  const shared = { services, infrastructure, runs: options.runs };
  const comparison = {
    title: 'PostgreSQL',
    description: database.description,
    pipeSource: database.readerUrl,
    pipe: withPeer && databasePipe(options.tables),
  };
  const peaks = [await compare({ ...shared, ...comparison })];
  if (options['directory-gb'] > 0) {
    console.log(`Making a share of ${options['directory-gb']} GB of files …`);
    const { description, folder } = await createDirectorySource(infrastructure, options['directory-gb']);
    peaks.push(await compare({ ...shared, title: 'Files', description, pipeSource: folder, pipe: withPeer && directoryPipe }));
  }
  return Math.max(...peaks);
}

async function main() {
  const options = readArguments();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-bench-'));
  fs.chmodSync(dataDir, 0o755);
  const undo = [() => fs.rmSync(dataDir, { recursive: true, force: true })];
  const cleanUp = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  try {
    requireRoom(dataDir, options);
    const { model } = os.cpus()[0];
    console.log(`${os.cpus().length} × ${model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`);
    const peak = await measure(dataDir, options, undo);
    const limit = options['max-mib'];
    if (limit === undefined) return 0;
    console.log(`The archive-service held ${peak.toFixed(0)} MiB at most; the limit is ${limit} MiB.`);
    return peak > limit ? 1 : 0;
  } finally {
    await cleanUp();
  }
}

try {
  process.exit(await main());
} catch (error) {
  console.error(`\n${error.stack}`);
  process.exit(1);
}
