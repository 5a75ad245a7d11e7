import type { Actor, HoldScope, LegalHoldPlaced, LegalHoldReleased } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';

export type LegalHoldEvent = Event<'LegalHoldPlaced', LegalHoldPlaced> | Event<'LegalHoldReleased', LegalHoldReleased>;

export type LegalHoldCommand =
  | {
      readonly type: 'PlaceHold';
      readonly hold_id: string;
      readonly matter: string;
      readonly scope: HoldScope;
      readonly reason: string;
      readonly reference: string | null;
      readonly actor: Actor;
    }
  | { readonly type: 'ReleaseHold'; readonly reason: string; readonly actor: Actor };

export interface LegalHold {
  readonly placed: LegalHoldPlaced | null;
  readonly standing: boolean;
}

/** Whether something must be preserved for a court is for legal to say, in person. */
function refuseOthers({ name, user_id, roles, service_account, authenticated_at }: Actor, what: string): void {
  // Providers mark machines in many ways; a token that does not say when somebody signed in is not known to be a person's.
  const isPerson = service_account !== true && Boolean(authenticated_at);
  if (roles.includes('legal') && isPerson) return;
  const why = isPerson ? 'the role legal is not among theirs' : 'their token does not say when a person signed in (auth_time)';
  throw new DomainError('FORBIDDEN', `${name} (${user_id}) may not ${what} a legal hold: ${why}`);
}

const requireReason = (reason: string, what: string): void => {
  if (reason.trim() === '') throw new DomainError('VALIDATION_FAILED', `To ${what} a legal hold takes a reason`);
};

function decide(command: LegalHoldCommand, hold: LegalHold): LegalHoldEvent[] {
  switch (command.type) {
    case 'PlaceHold': {
      const { hold_id, matter, scope, reason, reference, actor } = command;
      refuseOthers(actor, 'place');
      requireReason(reason, 'place');
      if (hold.standing) return [];
      return [{ type: 'LegalHoldPlaced', data: { hold_id, matter, scope, reason, reference, placed_by: actor.user_id } }];
    }
    case 'ReleaseHold': {
      if (!hold.placed) throw new DomainError('NOT_FOUND', 'There is no such legal hold');
      refuseOthers(command.actor, 'release');
      requireReason(command.reason, 'release');
      if (!hold.standing) return [];
      const { hold_id, matter, scope } = hold.placed;
      return [{ type: 'LegalHoldReleased', data: { hold_id, matter, scope, reason: command.reason, released_by: command.actor.user_id } }];
    }
    default:
      return assertNever(command);
  }
}

function evolve(hold: LegalHold, event: LegalHoldEvent): LegalHold {
  switch (event.type) {
    case 'LegalHoldPlaced':
      return { placed: event.data, standing: true };
    case 'LegalHoldReleased':
      return { ...hold, standing: false };
    default:
      return assertNever(event);
  }
}

/** One matter's hold on one system or archive. It may be placed again after its release. */
export const legalHold: Decider<LegalHoldCommand, LegalHold, LegalHoldEvent> = {
  initial: { placed: null, standing: false },
  decide,
  evolve,
};
