import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Stands in every manifest. */
export const tool = { name: 'lastcopy', version } as const;
