import { IsInt, IsNumber, Matches, Max, Min } from 'class-validator';
import { FromText } from '@lastcopy/platform';
import { ArtifactConfig } from '../artifact/artifact-config.js';
import type { DeadlineTerms } from './domain/deadlines.js';

const receivers = /^(initiator|approvers|role:[a-z_]+|person:[^,\s]+)(,(initiator|approvers|role:[a-z_]+|person:[^,\s]+))*$/;
const message = '$property must be a list of initiator, approvers, role:<role> or person:<user_id>, with commas';
const aSecond = 1 / 86_400;

/** How long people have to decide, whom an overdue approval is brought to, and how fresh a sign-in a signature needs. */
export class ApprovalConfig extends ArtifactConfig {
  /** Days until an approval is due, from the request on; may be a fraction. */
  @FromText()
  @IsNumber()
  @Min(aSecond)
  @Max(365)
  APPROVAL_DUE_DAYS: number = 5;

  /** Days before the due date at which somebody is reminded. */
  @FromText()
  @IsNumber()
  @Min(0)
  @Max(365)
  APPROVAL_REMIND_DAYS: number = 1;

  /** Days after the due date at which the second level is told. */
  @FromText()
  @IsNumber()
  @Min(0)
  @Max(365)
  APPROVAL_ESCALATE_AGAIN_DAYS: number = 2;

  /** Days after the request at which it ends undecided and is requested anew; not before it is due. */
  @FromText()
  @IsNumber()
  @Min(aSecond)
  @Max(730)
  APPROVAL_EXPIRES_DAYS: number = 14;

  /** Who hears of an approval once it is overdue. `approvers`: whoever has its role; `initiator`: who began the flow. */
  @Matches(receivers, { message })
  APPROVAL_ESCALATE_TO: string = 'initiator,approvers';

  /** Who hears of it when it is still open after APPROVAL_ESCALATE_AGAIN_DAYS. */
  @Matches(receivers, { message })
  APPROVAL_ESCALATE_AGAIN_TO: string = 'initiator,approvers,role:operator';

  /** How often approvals that have come due are looked for. */
  @FromText()
  @IsInt()
  @Min(50)
  @Max(3_600_000)
  APPROVAL_POLL_MS: number = 15_000;

  /** How old the sign-in of who signs may be. */
  @FromText()
  @IsInt()
  @Min(30)
  @Max(86_400)
  REAUTH_MAX_AGE_S: number = 300;
}

export const deadlineTermsOf = (config: ApprovalConfig): DeadlineTerms => ({
  dueDays: config.APPROVAL_DUE_DAYS,
  remindDays: config.APPROVAL_REMIND_DAYS,
  escalateAgainDays: config.APPROVAL_ESCALATE_AGAIN_DAYS,
  expiresDays: config.APPROVAL_EXPIRES_DAYS,
});
