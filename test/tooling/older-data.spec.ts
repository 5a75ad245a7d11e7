import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { missingLines } from '../../deploy/make-env.mjs';
import { databaseRoles, loadCredentials } from '../../tools/embedded/credentials.mjs';

describe('data that were made by an older version', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-older-'));
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  it('keep the passwords that open them, and are given those of newer roles once', () => {
    const file = path.join(dir, 'credentials.json');
    const roles = { policy: 'p', archive: 'a', integrity: 'i', gateway: 'g', scratch: 's', billing_reader: 'b', crm_reader: 'c' };
    const older = { superuser: 'x', roles, s3: { writer: { accessKeyId: 'w' }, reader: { accessKeyId: 'r' } }, tokenSecret: 't' };
    fs.writeFileSync(file, JSON.stringify(older));
    const credentials = loadCredentials(dir) as typeof older & { roles: Record<string, string> };
    expect(credentials).toMatchObject(older);
    expect(databaseRoles.filter((role: string) => !credentials.roles[role])).toEqual([]);
    expect(loadCredentials(dir)).toEqual(credentials);
    expect(fs.statSync(file).mode & 0o077).toBe(0);
  });

  it('keep what .env says, and are given what it lacks', () => {
    const older = 'POSTGRES_PASSWORD=kept\nSOURCE_ALLOW_LIST=';
    const example = 'POSTGRES_PASSWORD=\n# new\nPOLICY_APP_DB_PASSWORD=\nSOURCE_ALLOW_LIST=\nRETENTION_MODE=GOVERNANCE\n';
    const whole = older + missingLines(older, example);
    expect(parseEnv(whole)).toEqual({
      POSTGRES_PASSWORD: 'kept',
      SOURCE_ALLOW_LIST: '',
      POLICY_APP_DB_PASSWORD: expect.stringMatching(/^[\w-]{43}$/),
      RETENTION_MODE: 'GOVERNANCE',
    });
    expect(missingLines(whole, example)).toBe('');
  });
});
