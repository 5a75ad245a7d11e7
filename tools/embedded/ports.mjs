// Ports are chosen free at the first start and kept, so that URLs stay the same from one start to the next.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { freePort } from '../servers/free-port.mjs';

const names = ['postgres', 'nats', 's3', 'gateway', 'policy', 'archive', 'integrity'];

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Reads or chooses the ports, the preferred ones where they are free; throws naming the port and what uses it when one that was chosen earlier is taken.
 * @param {Record<string, number>} preferred
 * @returns {Promise<Record<string, number>>}
 */
export async function loadPorts(dataDir, preferred = {}) {
  const file = path.join(dataDir, 'ports.json');
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const ports = {};
  for (const name of names) {
    if (known[name]) {
      if (!(await isFree(known[name]))) {
        throw new Error(
          `Port ${known[name]} of ${name} is taken by another program. Stop that program, or give ${name} another port in ${file}.`,
        );
      }
      ports[name] = known[name];
    } else {
      const wish = preferred[name];
      ports[name] = wish && (await isFree(wish)) ? wish : await freePort();
    }
  }
  fs.writeFileSync(file, JSON.stringify(ports, null, 2));
  return ports;
}
