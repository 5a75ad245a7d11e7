import fs from 'node:fs';
import path from 'node:path';

/** Whether `pid` is a running stack; where the system tells the command line, a reused pid of another program does not count. */
function isStack(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !fs.existsSync(commandLine) || fs.readFileSync(commandLine, 'utf8').includes('embedded/main.mjs');
}

/** One stack a data folder: throws when another process holds it. Answers the function that lets go. */
export function holdInstanceLock(dataDir) {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'instance.pid');
  for (;;) {
    try {
      // Exclusive creation: of two starts at the same moment, one wins.
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(fs.readFileSync(file, 'utf8'));
    if (holder > 0 && isStack(holder)) throw new Error(`Lastcopy already runs here (process ${holder}). Stop it first.`);
    fs.rmSync(file, { force: true });
  }
}
