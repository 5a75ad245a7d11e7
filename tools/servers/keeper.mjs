// Runs `command args…` and stops it when our parent goes away, whatever killed the parent: its end of our stdin then closes.
// usage: keeper.mjs <stop signal> <command> [args…]; KEEPER_UID is the user to run as when we are root.
import { spawn } from 'node:child_process';

const [stopSignal, command, ...args] = process.argv.slice(2);
const uid = Number(process.env.KEEPER_UID ?? 0);
const identity = process.getuid?.() === 0 && uid > 0 ? { uid, gid: uid } : {};
// A group of its own: Ctrl-C in the terminal must reach the parent alone, which then stops its servers in order.
const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: '/', detached: true, ...identity });

const stop = () => child.kill(stopSignal);
process.stdin.resume().on('end', stop).on('error', stop);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, stop);
process.on('SIGINT', () => {});
child.on('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 0));
