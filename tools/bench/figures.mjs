// What is measured, and how it is shown.
import Table from 'cli-table3';

/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Field by field over several measurements `{ wallS, cpuS, peakMiB }`. */
export const medians = (measured) =>
  Object.fromEntries(Object.keys(measured[0]).map((field) => [field, median(measured.map((each) => each[field]))]));

const row = (name, plainBytes, { wallS, cpuS, peakMiB }) => [
  name,
  wallS.toFixed(1),
  cpuS.toFixed(1),
  peakMiB.toFixed(0),
  (plainBytes / 1e6 / wallS).toFixed(0),
];

/** A row each of what we took, what the peer took, and ours divided by the peer's; the peer's is undefined when there is none. */
export function comparisonTable(title, plainBytes, ours, peer, proof) {
  const table = new Table({ head: [title, 'wall s', 'CPU s', 'peak MiB', 'MB/s'], style: { head: [], border: [] } });
  table.push(row('Lastcopy archives', plainBytes, ours));
  if (peer) {
    table.push(row('the pipe of tools', plainBytes, peer));
    const ratio = (field) => (ours[field] / peer[field]).toFixed(2);
    table.push(['ours / theirs', ratio('wallS'), ratio('cpuS'), ratio('peakMiB'), (peer.wallS / ours.wallS).toFixed(2)]);
  }
  if (proof) table.push(row('Lastcopy verifies (readable)', plainBytes, proof));
  return table.toString();
}
