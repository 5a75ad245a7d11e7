import { readFileSync } from 'node:fs';
import type { Actor } from '@lastcopy/contracts';

export interface DemoPerson extends Actor {
  email: string;
}

/** Who can sign in during development. The list is a file of its own: the tools that run without a build read it too. */
export const demoPeople = JSON.parse(readFileSync(new URL('../../demo-people.json', import.meta.url), 'utf8')) as readonly DemoPerson[];
