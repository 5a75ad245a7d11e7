import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsNumber, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { Blocker } from '../events/flow.js';
import { flowStatuses, phases, type FlowStatus, type Phase } from '../vocabulary.js';
import { PhaseProgress } from './flows.js';

/** Archive jobs by what they do now; a paused one is counted under its status too. */
export class JobCounts {
  @IsInt()
  total: number;

  @IsInt()
  queued: number;

  @IsInt()
  running: number;

  @IsInt()
  completed: number;

  @IsInt()
  failed: number;

  @IsInt()
  cancelled: number;

  @IsInt()
  paused: number;
}

/** When the archives will be written and proven: a range, because neither the source nor the store is steady. */
export class EtaRange {
  @IsISO8601()
  earliest: string;

  @IsISO8601()
  latest: string;
}

/** Whether the caller can do something now, and if not, why. */
export class Able {
  @IsBoolean()
  allowed: boolean;

  @IsOptional()
  @IsString()
  why_not?: string | null;
}

/** How far a flow's migration is. */
export class MigrationFigures {
  /** By bytes; 100 only when every archive is completed. */
  @IsInt()
  progress_percentage: number;

  @ValidateNested()
  @Type(() => JobCounts)
  jobs: JobCounts;

  /** Plain-text bytes of completed archives. */
  @IsNumber()
  archived_bytes: number;

  /** Of all jobs; null while a source has not said how much it holds. */
  @IsOptional()
  @IsNumber()
  expected_bytes?: number | null;

  /** Of the jobs that write now. */
  @IsOptional()
  @IsNumber()
  bytes_per_second?: number | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => EtaRange)
  eta?: EtaRange | null;
}

/** What the head of a flow's page shows. */
export class FlowSummaryAnswer extends MigrationFigures {
  @IsUUID()
  flow_id: string;

  @IsInt()
  system_count: number;

  @ValidateNested()
  @Type(() => Able)
  can_start: Able;

  @ValidateNested()
  @Type(() => Able)
  can_pause: Able;

  @ValidateNested()
  @Type(() => Able)
  can_resume: Able;
}

export const needs = ['approvals_to_decide', 'approvals_overdue', 'jobs_failed', 'conflicts_to_resolve', 'alerts'] as const;
export type Need = (typeof needs)[number];

/** Something that waits for the caller. */
export class NeedsYou {
  @IsIn(needs)
  kind: Need;

  @IsInt()
  count: number;

  /** Null when it concerns several flows. */
  @IsOptional()
  @IsUUID()
  flow_id?: string | null;

  @IsOptional()
  @IsString()
  flow_name?: string | null;
}

export class OverviewMetrics {
  @IsInt()
  flows_active: number;

  @IsInt()
  systems_registered: number;

  /** Systems of flows that go on, and how many of them have a completed archive. */
  @IsInt()
  systems_in_flows: number;

  @IsInt()
  systems_archived: number;

  @IsInt()
  jobs_running: number;

  @IsInt()
  jobs_failed: number;

  @IsNumber()
  archived_bytes: number;

  @IsInt()
  approvals_waiting: number;
}

export class OverviewFlow extends MigrationFigures {
  @IsUUID()
  flow_id: string;

  @IsString()
  flow_name: string;

  @IsIn(flowStatuses)
  status: FlowStatus;

  @IsIn(phases)
  current_phase: Phase;

  @ValidateNested()
  @Type(() => PhaseProgress)
  phase_progress: PhaseProgress;

  @IsInt()
  system_count: number;

  /** The first few of what keeps it from system shutdown. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Blocker)
  blocked_by: Blocker[];

  @IsInt()
  blocker_count: number;

  @IsISO8601()
  updated_at: string;
}

/** What a person sees first: what waits for them, how much is done, and every flow. */
export class OverviewAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => NeedsYou)
  needs_you: NeedsYou[];

  @ValidateNested()
  @Type(() => OverviewMetrics)
  metrics: OverviewMetrics;

  /** The newest first, a page of them. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OverviewFlow)
  flows: OverviewFlow[];

  @IsInt()
  flows_total: number;
}

/** A kind of event, or somebody, that occurs in a timeline. */
export class TimelineFacet {
  @IsString()
  name: string;

  @IsInt()
  count: number;
}

export class TimelineFacetsAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TimelineFacet)
  types: TimelineFacet[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TimelineFacet)
  actors: TimelineFacet[];
}
