import { Type } from 'class-transformer';
import {
  IsDefined,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Blocker, DecommissionStrategy, TransitionSummary } from '../events/flow.js';
import { flowStatuses, phases, type FlowStatus, type Phase } from '../vocabulary.js';

export const phaseStates = ['pending', 'in_progress', 'completed', 'failed'] as const;
export type PhaseState = (typeof phaseStates)[number];

export class InitializeFlowRequest {
  @IsArray()
  @IsUUID(undefined, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  selected_system_ids: string[];

  @IsOptional()
  @IsString()
  @MaxLength(255)
  flow_name?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => DecommissionStrategy)
  decommission_strategy?: DecommissionStrategy | null;
}

/** What pause, resume, cancel and initialize answer. */
export class FlowActionAnswer {
  @IsUUID()
  flow_id: string;

  @IsIn(flowStatuses)
  status: FlowStatus;

  @IsOptional()
  @IsIn(phases)
  current_phase?: Phase | null;

  @IsOptional()
  @IsIn(phases)
  next_phase?: Phase | null;

  @IsOptional()
  @IsArray()
  @IsUUID(undefined, { each: true })
  selected_systems?: string[];

  @IsString()
  message: string;
}

export class FlowListItem {
  @IsUUID()
  flow_id: string;

  @IsUUID()
  master_flow_id: string;

  @IsString()
  flow_name: string;

  @IsIn(flowStatuses)
  status: FlowStatus;

  @IsIn(phases)
  current_phase: Phase;

  @IsInt()
  system_count: number;

  @IsNumber()
  estimated_savings: number;

  @IsISO8601()
  created_at: string;

  @IsISO8601()
  updated_at: string;
}

export class EligibleSystem {
  @IsUUID()
  asset_id: string;

  @IsString()
  asset_name: string;

  @IsOptional()
  @IsString()
  six_r_strategy?: string | null;

  @IsOptional()
  @IsNumber()
  annual_cost?: number | null;

  @IsBoolean()
  decommission_eligible: boolean;

  @IsOptional()
  @IsISO8601()
  grace_period_end?: string | null;

  @IsOptional()
  @IsString()
  retirement_reason?: string | null;
}

export class PhaseProgress {
  @IsIn(phaseStates)
  decommission_planning: PhaseState;

  @IsIn(phaseStates)
  data_migration: PhaseState;

  @IsIn(phaseStates)
  system_shutdown: PhaseState;
}

export class FlowMetrics {
  @IsInt()
  systems_decommissioned: number;

  @IsNumber()
  estimated_savings: number;

  /** Percent of the systems whose archive is proven. */
  @IsNumber()
  compliance_score: number;
}

export class RuntimeState {
  @IsOptional()
  @IsString()
  current_agent?: string | null;

  /** Roles whose approval is open. */
  @IsArray()
  @IsString({ each: true })
  pending_approvals: string[];

  @IsArray()
  @IsString({ each: true })
  warnings: string[];
}

export class FlowStatusAnswer {
  @IsUUID()
  flow_id: string;

  @IsUUID()
  master_flow_id: string;

  @IsIn(flowStatuses)
  status: FlowStatus;

  @IsIn(phases)
  current_phase: Phase;

  @IsInt()
  system_count: number;

  @IsArray()
  @IsUUID(undefined, { each: true })
  selected_systems: string[];

  @IsDefined()
  @ValidateNested()
  @Type(() => PhaseProgress)
  phase_progress: PhaseProgress;

  @IsDefined()
  @ValidateNested()
  @Type(() => FlowMetrics)
  metrics: FlowMetrics;

  @IsDefined()
  @ValidateNested()
  @Type(() => RuntimeState)
  runtime_state: RuntimeState;

  @IsISO8601()
  created_at: string;

  @IsISO8601()
  updated_at: string;

  @IsBoolean()
  decommission_complete: boolean;

  @IsString()
  flow_name: string;
}

/** The body of pause and cancel. */
export class FlowReasonRequest {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class ResumeFlowRequest extends FlowReasonRequest {
  @IsOptional()
  @IsIn(phases)
  phase?: Phase | null;

  @IsOptional()
  @IsObject()
  user_input?: Record<string, unknown> | null;
}

export class PhaseReportRequest {
  @IsIn(['pending', 'running', 'completed', 'failed'])
  phase_status: 'pending' | 'running' | 'completed' | 'failed';

  @IsOptional()
  @IsObject()
  phase_data?: Record<string, unknown> | null;
}

/** Why a flow may not go on to system shutdown; empty when it may. */
export class ReadinessAnswer {
  @IsUUID()
  flow_id: string;

  @IsBoolean()
  ready: boolean;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Blocker)
  blockers: Blocker[];

  /** What blocks nothing and must be known, for instance an archive under legal hold. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Blocker)
  notices: Blocker[];
}

/** The flow after the gate. */
export class ProceedAnswer extends FlowStatusAnswer {
  @IsInt()
  gate_no: number;

  @IsString()
  evidence_root: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => TransitionSummary)
  summary: TransitionSummary;
}

export class PhaseDescription {
  @IsIn(phases)
  name: Phase;

  @IsString()
  title: string;

  @IsInt()
  order: number;

  @IsInt()
  estimated_duration_minutes: number;
}

export class FlowPhasesAnswer {
  @IsString()
  flow_type: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PhaseDescription)
  phases: PhaseDescription[];
}
