import { Type } from 'class-transformer';
import {
  IsDefined,
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
  ValidateNested,
} from 'class-validator';
import { Blocker, FlowSystem } from '../events/flow.js';
import { PolicyAssigned } from '../events/policy.js';
import { flowStatuses, type FlowStatus } from '../vocabulary.js';
import { ProvenJobAnswer } from './jobs.js';

/** One event of the flow. */
export class TimelineEntry {
  /** Resumable position: the id of the event on the stream. */
  @IsInt()
  seq: number;

  @IsISO8601()
  occurred_at: string;

  @IsString()
  type: string;

  @IsString()
  source: string;

  @IsString()
  stream_id: string;

  @IsInt()
  version: number;

  @IsString()
  actor: string;

  @IsOptional()
  @IsString()
  job_id?: string | null;

  @IsOptional()
  @IsString()
  trace_id?: string | null;

  @IsObject()
  data: object;
}

export class ManifestArchive extends ProvenJobAnswer {
  @IsOptional()
  @IsString()
  manifest_key?: string | null;

  @IsOptional()
  @IsString()
  manifest_version_id?: string | null;

  @IsOptional()
  @IsInt()
  rows?: number | null;

  @IsOptional()
  @IsInt()
  stored_bytes?: number | null;

  @IsOptional()
  @IsString()
  lock_mode?: string | null;
}

/** The flow's archives in one document. */
export class ArchiveManifestAnswer {
  @IsString()
  format: string;

  @IsUUID()
  flow_id: string;

  @IsString()
  flow_name: string;

  @IsUUID()
  client_account_id: string;

  @IsUUID()
  engagement_id: string;

  @IsIn(flowStatuses)
  status: FlowStatus;

  @IsISO8601()
  generated_at: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FlowSystem)
  systems: FlowSystem[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PolicyAssigned)
  policies: PolicyAssigned[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ManifestArchive)
  archives: ManifestArchive[];

  @IsNumber()
  total_data_archived_gb: number;

  @IsOptional()
  @IsString()
  evidence_root?: string | null;
}

export class ProblemFault {
  @IsString()
  pointer: string;

  @IsString()
  detail: string;
}

/** RFC 9457. */
export class Problem {
  @IsString()
  type: string;

  @IsString()
  title: string;

  @IsInt()
  status: number;

  @IsString()
  detail: string;

  @IsString()
  instance: string;

  @IsString()
  code: string;

  /** What to do next. */
  @IsString()
  hint: string;

  @IsOptional()
  @IsString()
  trace_id?: string | null;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ProblemFault)
  errors: ProblemFault[];

  /** Of GATE_BLOCKED and APPROVALS_MISSING. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Blocker)
  blockers?: Blocker[];
}

export class PendingToken {
  @IsString()
  source: string;

  @IsString()
  stream_id: string;

  @IsInt()
  version: number;
}

/** 202: carried out, but not to be seen yet. */
export class PendingAnswer {
  @IsBoolean()
  pending: true;

  @IsString()
  message: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => PendingToken)
  token: PendingToken;
}

/**
 * What a transition to system shutdown rests on, in RFC 8785 form: the SHA-256 (hex) of the body's bytes is the evidence_root. Its parts are
 * as the events of the services gave them.
 */
export class EvidenceDocument {
  @IsUUID()
  flow_id: string;

  @IsInt()
  gate_no: number;

  @IsArray()
  @IsObject({ each: true })
  systems: object[];

  @IsArray()
  @IsObject({ each: true })
  policies: object[];

  @IsArray()
  @IsObject({ each: true })
  jobs: object[];

  @IsArray()
  @IsObject({ each: true })
  approvals: object[];

  /** How far the log of each service reached: source, epoch, position, hash. */
  @IsArray()
  @IsObject({ each: true })
  journals: object[];
}
