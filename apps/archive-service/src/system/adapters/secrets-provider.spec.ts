import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import type { Tenant } from '@lastcopy/contracts';
import type { SecretsProvider } from '../ports/secrets-provider.js';
import { EnvironmentSecrets, secretVariable } from './environment-secrets.js';
import { FileSecrets } from './file-secrets.js';

interface Kept {
  tenant: Tenant;
  ref: string;
  value: string;
}
const tenant = { client_account_id: '11111111-1111-4111-8111-111111111111', engagement_id: 'e' };
const other = { client_account_id: '22222222-2222-4222-8222-222222222222', engagement_id: 'e' };

const kept: Kept[] = [
  { tenant, ref: 'billing', value: 'pässword with spaces ' },
  { tenant, ref: 'a.b', value: 'dot' },
  { tenant, ref: 'a-b', value: 'dash' },
  { tenant: other, ref: 'only-theirs', value: 'theirs' },
];

let dir: string;
const adapters: Record<string, () => Promise<SecretsProvider>> = {
  files: async () => {
    for (const { tenant: owner, ref, value } of kept) {
      await mkdir(path.join(dir, owner.client_account_id), { recursive: true });
      await writeFile(path.join(dir, owner.client_account_id, ref), `${value}\n`);
    }
    return new FileSecrets(dir);
  },
  environment: async () => new EnvironmentSecrets(new Map(kept.map((each) => [secretVariable(each.tenant, each.ref), each.value]))),
};

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-secrets-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe.each(Object.keys(adapters))('secrets provider: %s', (name) => {
  it('gives each secret to its tenant, exactly', async () => {
    const provider = await adapters[name]!();
    for (const { tenant: owner, ref, value } of kept) expect((await provider.read(owner, ref)).reveal()).toBe(value);
  });

  it('refuses what is absent, foreign or not a name', async () => {
    const provider = await adapters[name]!();
    const traversal = `../${other.client_account_id}/only-theirs`;
    for (const ref of ['absent', 'only-theirs', traversal, '..', '', 'A'])
      await expect(provider.read(tenant, ref)).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
    await expect(provider.read({ ...tenant, client_account_id: '..' }, 'billing')).rejects.toMatchObject({ code: 'SECRET_UNKNOWN' });
  });

  it('gives nothing away unasked', async () => {
    const secret = await (await adapters[name]!()).read(tenant, 'billing');
    for (const text of [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 9, showHidden: true })])
      expect(text).not.toMatch(/pässword/);
  });
});
