import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { until } from '@lastcopy/testkit';

const base = mkdtempSync(path.join(os.tmpdir(), 'lastcopy-start-'));
chmodSync(base, 0o755);
const dataDir = path.join(base, 'data');
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
});

/** `npm start` as a person has it once everything is built: a process of its own. */
function start(args: string[] = [], folder = dataDir) {
  const env = { ...process.env, NODE_OPTIONS: '', LASTCOPY_DATA_DIR: folder, LASTCOPY_DEMO_SCALE: '0.02' };
  const child = spawn(process.execPath, ['tools/embedded/main.mjs', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  const ended = new Promise<{ code: number | null; out: string }>((resolve) => child.once('close', (code) => resolve({ code, out })));
  const shows = (text: string) => until(`"${text}" in what the start prints`, () => out.includes(text));
  return { child, ended, shows };
}

const ports = (): number[] => Object.values(JSON.parse(readFileSync(path.join(dataDir, 'ports.json'), 'utf8')) as Record<string, number>);
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket.destroy() !== null));
    socket.once('error', () => resolve(false));
  });
const nothingAnswers = async () => !(await Promise.all(ports().map(answers))).includes(true);

it('refuses a data folder that cannot be written, and says what to do', async () => {
  const file = path.join(base, 'a-file');
  writeFileSync(file, '');
  for (const folder of [file, path.join(file, 'below'), '/proc/lastcopy/below']) {
    const { code, out } = await start([], folder).ended;
    expect(code).toBe(1);
    expect(out).toMatch(/^\s*The data folder \S+ cannot be written \(E[A-Z]+\)\. .*LASTCOPY_DATA_DIR.*\s*$/);
  }
});

it('a start killed in mid-export leaves no server behind, and the next one comes through to the gate', async () => {
  const killed = start();
  await killed.shows('exporting');
  killed.child.kill('SIGKILL');
  await until('every server gone with its parent', nothingAnswers);
  const { code, out } = await start(['--once']).ended;
  expect(out).toContain('PhaseTransitioned data_migration → system_shutdown');
  expect(code).toBe(0);
}, 120_000);

it('a later start finds the data, keeps a second one out, and stops wholly on Ctrl-C', async () => {
  const first = start();
  await first.shows('Lastcopy is running');
  const second = await start(['--once']).ended;
  expect(second).toEqual({ code: 1, out: expect.stringMatching(/^\s*Lastcopy already runs here \(process \d+\)\. Stop it first\.\s*$/) });
  first.child.kill('SIGINT');
  const { code, out } = await first.ended;
  expect(code).toBe(0);
  expect(out).toContain('(at an earlier start)');
  expect(await nothingAnswers()).toBe(true);
}, 120_000);

it('names the port that another program has taken', async () => {
  const { gateway } = JSON.parse(readFileSync(path.join(dataDir, 'ports.json'), 'utf8')) as { gateway: number };
  const other = net.createServer().listen(gateway, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { code, out } = await start(['--once']).ended;
  other.close();
  expect(code).toBe(1);
  expect(out).toContain(`Port ${gateway} of gateway is taken by another program`);
}, 60_000);
