import { readFile } from 'node:fs/promises';

/** Names of user and group ids as this machine's own files give them. An id without a name keeps its number alone. */
export interface AccountNames {
  readonly owners: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

const namesById = async (file: string): Promise<ReadonlyMap<number, string>> => {
  // Absent where accounts come from a directory service: then numbers have to do.
  const text = await readFile(file, 'utf8').catch(() => '');
  const fields = text.split('\n').map((line) => line.split(':'));
  return new Map(fields.filter((field) => field[0] && /^\d+$/.test(field[2] ?? '')).map((field) => [Number(field[2]), field[0]!]));
};

export const readAccountNames = async (): Promise<AccountNames> => {
  const [owners, groups] = await Promise.all([namesById('/etc/passwd'), namesById('/etc/group')]);
  return { owners, groups };
};
