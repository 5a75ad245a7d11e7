import { randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { gatewayClient } from '../../tools/embedded/gateway-client.mjs';
import type { GatewayClient, Stack } from '../system/stack.js';

export interface TwoEngagements {
  other: string;
  /** Otto in the other engagement. */
  there: GatewayClient;
  /** Who signs in on this page as anybody has Otto's place in both. */
  admit(page: Page): Promise<void>;
}

/** Otto works for two engagements of the same client account: his tokens name both. */
export async function startSecondEngagement({ profile }: Stack): Promise<TwoEngagements> {
  const other = randomUUID();
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...decodeJwt(profile.tokens.otto), engagement_id: [profile.engagement_id, other], auth_time: now, iat: now };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(profile.dev_token_secret));
  return {
    other,
    there: gatewayClient({ ...profile, engagement_id: other, tokens: { ...profile.tokens, otto: token } }, 'otto'),
    admit: async (page) => {
      await page.route('**/dev-issuer/token', async (route) => {
        const response = await route.fetch();
        const tokens = (await response.json()) as Record<string, unknown>;
        await route.fulfill({ response, json: { ...tokens, access_token: token } });
      });
    },
  };
}
