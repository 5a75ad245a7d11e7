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

/** Folder by folder: Node's own recursive mkdir never returns where a file system like /proc refuses with ENOENT. */
function makeFolder(dir) {
  if (fs.existsSync(dir)) return;
  makeFolder(path.dirname(dir));
  fs.mkdirSync(dir);
}

/** Writes our pid unless the file is there. It appears whole or not at all: an empty lock would look like one that nobody holds. */
function claim(file) {
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** One stack a data folder: throws when another process holds it, or the folder cannot be written. Answers the function that lets go. */
export function holdInstanceLock(dataDir) {
  const file = path.join(dataDir, 'instance.pid');
  let holder = 0;
  try {
    makeFolder(dataDir);
    while (!claim(file)) {
      holder = Number(fs.readFileSync(file, 'utf8'));
      if (holder > 0 && isStack(holder)) break;
      fs.rmSync(file, { force: true });
      holder = 0;
    }
  } catch (cause) {
    throw new Error(
      `The data folder ${dataDir} cannot be written (${cause.code}). Mend that, or set LASTCOPY_DATA_DIR to another folder.`,
      {
        cause,
      },
    );
  }
  if (holder > 0) throw new Error(`Lastcopy already runs here (process ${holder}). Stop it first.`);
  return () => fs.rmSync(file, { force: true });
}
