import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix, serviceNames, type Tenant } from '@lastcopy/contracts';
import { newSeed, publicKeyOf } from '../../tools/bus/nkeys.mjs';
import { addSubscriber, seedFile } from '../../tools/bus/users.mjs';
import { prepareBus } from '../../tools/embedded/bus.mjs';
import { startNats } from '../../tools/servers/nats.mjs';

export const tenant: Tenant = { client_account_id: 'client-1', engagement_id: 'engagement-1' };
export const otherTenant: Tenant = { client_account_id: 'client-2', engagement_id: 'engagement-1' };

/** A bus with the users of the embedded stack, two tenants' subscribers, and one user for the test who may do everything. */
export interface GuardedBus {
  url: string;
  seedOf(user: string): string;
  as(user: string): Promise<NatsConnection>;
  stop(): Promise<void>;
}

export async function startGuardedBus(): Promise<GuardedBus> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-bus-'));
  const folder = path.join(dataDir, 'bus');
  addSubscriber(folder, { name: 'planning', ...tenant });
  addSubscriber(folder, { name: 'shutdown', ...otherTenant });
  const config = prepareBus(dataDir, tenant);
  const everything = newSeed();
  const admin = `"users": [ { "nkey": "${publicKeyOf(everything)}" },`;
  fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace('"users": [', admin));
  const server = await startNats({ storeDir: path.join(dataDir, 'js'), config });
  const opened: NatsConnection[] = [];
  const seedOf = (user: string) => seedFile(folder, user) as string;
  return {
    url: server.url,
    seedOf,
    as: async (user) => {
      const seed = user === 'superuser' ? everything : fs.readFileSync(seedOf(user), 'utf8');
      const authenticator = nkeyAuthenticator(Buffer.from(seed));
      opened.push(await connect({ servers: server.url, authenticator, inboxPrefix: inboxPrefix(user), reconnect: false }));
      return opened.at(-1)!;
    },
    stop: async () => {
      for (const connection of opened) await connection.close();
      await server.stop();
      fs.rmSync(dataDir, { recursive: true });
    },
  };
}

export const users = [...serviceNames, 'operator', 'subscriber-planning'] as const;
export type User = (typeof users)[number];
