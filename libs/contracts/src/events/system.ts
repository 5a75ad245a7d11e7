import { ArrayMinSize, IsArray, IsIn, IsInt, IsString, Min } from 'class-validator';
import { SystemRegistered } from './archive.js';

/** What of a system's description can be revised. */
export const systemFields = [
  'system_name',
  'source',
  'data_classification',
  'compliance_requirements',
  'retention_policy_id',
  'six_r_strategy',
  'annual_cost',
  'grace_period_end',
  'retirement_reason',
] as const;
export type SystemField = (typeof systemFields)[number];

/** The whole description as it is from now on. Jobs that were queued before keep the source that they were queued with. */
export class SystemRevised extends SystemRegistered {
  /** Which description of the system this is; the registration was 1. */
  @IsInt()
  @Min(2)
  version: number;

  @IsString()
  reason: string;

  @IsArray()
  @ArrayMinSize(1)
  @IsIn(systemFields, { each: true })
  changed: SystemField[];
}
