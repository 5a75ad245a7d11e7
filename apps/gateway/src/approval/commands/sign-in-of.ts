import type { Actor } from '@lastcopy/contracts';
import type { ApprovalParts } from '../approval-parts.js';
import type { SignIn } from '../domain/signing.js';

/** When an actor acts and last proved who they are. */
export const signInOf = ({ clock, config }: Pick<ApprovalParts, 'clock' | 'config'>, actor: Actor): SignIn => ({
  at: clock.now().toISOString(),
  authenticated_at: actor.authenticated_at ?? null,
  reauth_max_age_s: config.REAUTH_MAX_AGE_S,
});
