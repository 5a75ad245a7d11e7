// Memory and CPU time of processes, as Linux counts them in /proc.
import fs from 'node:fs';

const ticksPerSecond = 100;
const pageBytes = 4096;
const pollMs = 50;

/** The fields of /proc/<pid>/stat from the third on: the second, a name, may hold blanks. */
const statOf = (pid) =>
  fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');

/** User and system time of a process, all its threads, in seconds. */
export function cpuSeconds(pid) {
  const [utime, stime] = statOf(pid).slice(11, 13).map(Number);
  return (utime + stime) / ticksPerSecond;
}

/** The most memory that a process held since `forgetPeak`, in MiB. */
export function peakMiB(pid) {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kib) / 1024;
}

/** Begins the count of `peakMiB` anew. */
export const forgetPeak = (pid) => fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');

function residentBytesOfGroup(group) {
  let bytes = 0;
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = statOf(pid);
      if (Number(stat[2]) === group) bytes += Number(stat[21]) * pageBytes;
    } catch {
      // It ended while we looked.
    }
  }
  return bytes;
}

/** Watches a process group; the answered function ends that and gives the most that its processes held at one moment, in MiB. */
export function watchGroup(group) {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, residentBytesOfGroup(group))), pollMs);
  return () => {
    clearInterval(timer);
    return most / 2 ** 20;
  };
}
