import { IsOptional, IsString, Matches } from 'class-validator';

/** A maximum of one requirement that meets a minimum of another in one system: a person must say, with a reason, which of them holds. */
export class RetentionConflict {
  /** Whose maximum. */
  @IsString()
  requirement: string;

  /** ISO 8601 duration; null where the text sets its maximum in words. */
  @IsOptional()
  @Matches(/^P\d+[YMD]$/)
  maximum?: string | null;

  @IsString()
  clause: string;

  /** Whose minimum. */
  @IsString()
  against: string;

  @IsString()
  against_clause: string;

  /** The conflict in words, for whoever resolves it. */
  @IsString()
  statement: string;
}
