// The bus of docker compose: its certificate, renewed when it is near its end, and the configuration of its server with every user.
import fs from 'node:fs';
import path from 'node:path';
import { ensureBusCertificates } from '../tools/bus/certificates.mjs';
import { publicKeyOf } from '../tools/bus/nkeys.mjs';
import { tlsConfig, usersConfig } from '../tools/bus/server-config.mjs';
import { required } from './required.mjs';

const seeds = {
  'policy-service': 'POLICY_NATS_SEED',
  'archive-service': 'ARCHIVE_NATS_SEED',
  'integrity-service': 'INTEGRITY_NATS_SEED',
  gateway: 'GATEWAY_NATS_SEED',
};

/** Writes `nats.conf` and the server's certificate into BUS_DIR, where the server must see both. Throws naming a setting that is missing. */
export async function provisionBus(env) {
  const dir = required(env, 'BUS_DIR');
  await ensureBusCertificates({
    authorityDir: required(env, 'BUS_AUTHORITY_DIR'),
    serverDir: dir,
    publishDir: required(env, 'BUS_CA_DIR'),
    hosts: required(env, 'BUS_HOSTS').split(','),
  });
  const keys = Object.fromEntries(Object.entries(seeds).map(([service, name]) => [service, publicKeyOf(required(env, name))]));
  const users = required(env, 'BUS_USERS_FILE');
  const others = fs.existsSync(users) ? JSON.parse(fs.readFileSync(users, 'utf8')) : [];
  const settings = fs.readFileSync(path.join(import.meta.dirname, 'nats/nats.conf'), 'utf8');
  fs.writeFileSync(path.join(dir, 'nats.conf'), `${settings}\n${tlsConfig(dir)}${usersConfig(keys, others)}`);
}
