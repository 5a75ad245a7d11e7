import { readFileSync } from 'node:fs';
import type { Actor, Tenant } from '@lastcopy/contracts';
import type { SignInConfig } from './sign-in-config.js';

export interface DemoPerson extends Actor {
  email: string;
}

/** Who can sign in during development. The list is a file of its own: the tools that run without a build read it too. */
export const demoPeople = JSON.parse(readFileSync(new URL('../../demo-people.json', import.meta.url), 'utf8')) as readonly DemoPerson[];

type Settings = Pick<SignInConfig, 'DEV_ISSUER' | 'DEV_TOKEN_SECRET' | 'DEV_CLIENT_ACCOUNT_ID' | 'DEV_ENGAGEMENT_ID'>;

/** The demo people and the one tenant that they belong to. Null where they cannot sign in, or no tenant is named for them. */
export function demoTenantOf(config: Settings): { tenant: Tenant; people: readonly DemoPerson[] } | null {
  const { DEV_ISSUER, DEV_TOKEN_SECRET, DEV_CLIENT_ACCOUNT_ID: account, DEV_ENGAGEMENT_ID: engagement } = config;
  if ((DEV_ISSUER === 'off' && DEV_TOKEN_SECRET === undefined) || !account || !engagement) return null;
  return { tenant: { client_account_id: account.toLowerCase(), engagement_id: engagement.toLowerCase() }, people: demoPeople };
}
