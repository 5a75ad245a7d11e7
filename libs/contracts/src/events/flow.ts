import { Type } from 'class-transformer';
import {
  IsDefined,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SourceDescription } from '../source-description.js';
import { phases, type Phase } from '../vocabulary.js';

export const sha256Pattern = /^[0-9a-f]{64}$/;

export class DecommissionStrategy {
  @IsIn(['cost_savings', 'risk_reduction', 'compliance'])
  priority: 'cost_savings' | 'risk_reduction' | 'compliance' = 'cost_savings';

  @IsIn(['immediate', 'scheduled', 'phased'])
  execution_mode: 'immediate' | 'scheduled' | 'phased' = 'phased';

  @IsBoolean()
  rollback_enabled: boolean = true;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @ArrayMaxSize(50)
  stakeholder_approvals?: string[];
}

/** A system as the flow took it over: later edits of the inventory do not change it. */
export class FlowSystem {
  @IsUUID()
  system_id: string;

  @IsString()
  @MaxLength(255)
  system_name: string;

  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsOptional()
  @IsUUID()
  retention_policy_id?: string | null;

  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDescription)
  source: SourceDescription;
}

export class FlowInitialized {
  @IsUUID()
  flow_id: string;

  @IsString()
  @MaxLength(255)
  flow_name: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => DecommissionStrategy)
  strategy: DecommissionStrategy;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => FlowSystem)
  systems: FlowSystem[];
}

/** A status that a client reported for a phase; only the gate moves the flow past data_migration. */
export class PhaseStatusReported {
  @IsUUID()
  flow_id: string;

  @IsIn(phases)
  phase: Phase;

  @IsIn(['pending', 'running', 'completed', 'failed'])
  phase_status: 'pending' | 'running' | 'completed' | 'failed';
}

export class FlowPaused {
  @IsUUID()
  flow_id: string;

  @IsString()
  @MaxLength(2000)
  reason: string;
}
export class FlowResumed extends FlowPaused {}
export class FlowCancelled extends FlowPaused {}

export class TransitionProposed {
  @IsUUID()
  flow_id: string;

  /** Counts the attempts to pass the gate, from 1. */
  @IsInt()
  @Min(1)
  gate_no: number;
}

/** One reason why a flow may not go on. */
export class Blocker {
  @IsString()
  code: string;

  @IsString()
  message: string;

  /** What to do about it. */
  @IsString()
  hint: string;

  @IsOptional()
  @IsUUID()
  system_id?: string;

  @IsOptional()
  @IsUUID()
  job_id?: string;

  @IsOptional()
  @IsString()
  role?: string;
}

export class TransitionAbandoned extends TransitionProposed {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Blocker)
  blockers: Blocker[];
}

export class TransitionSummary {
  @IsInt()
  archive_jobs_completed: number;

  @IsBoolean()
  data_integrity_verified: boolean;

  @IsNumber()
  total_data_archived_gb: number;
}

export class PhaseTransitioned {
  @IsUUID()
  flow_id: string;

  @IsIn(phases)
  from_phase: Phase;

  @IsIn(phases)
  to_phase: Phase;

  /** Only of the transition to system_shutdown: SHA-256 over everything the decision rests on. */
  @IsOptional()
  @Matches(sha256Pattern)
  evidence_root?: string;

  @IsOptional()
  @IsInt()
  gate_no?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => TransitionSummary)
  summary?: TransitionSummary;
}

/** Raised when evidence turned bad after the transition: system_shutdown asks for these before it destroys anything. */
export class ShutdownObjectionRaised {
  @IsUUID()
  flow_id: string;

  @IsString()
  code: string;

  @IsString()
  reason: string;

  @IsOptional()
  @IsUUID()
  job_id?: string;
}

export class SealedStream {
  @IsString()
  stream_id: string;

  @IsInt()
  @Min(1)
  version: number;

  @Matches(sha256Pattern)
  hash: string;
}

/** A service's word that these streams of the flow stand still until it is unsealed. */
export class FlowSealed extends TransitionProposed {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SealedStream)
  streams: SealedStream[];
}
export class FlowUnsealed extends TransitionProposed {}
