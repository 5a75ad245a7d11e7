import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';

/** One thing that happened, or that was asked for and refused. */
export class AuditEntry {
  /** Resumable position; the newest entry has the highest. */
  @IsInt()
  seq: number;

  @IsISO8601()
  occurred_at: string;

  @IsIn(['done', 'refused'])
  outcome: 'done' | 'refused';

  /** Type of the event, or method and path of a request. */
  @IsString()
  type: string;

  /** In plain words. */
  @IsString()
  action: string;

  @IsString()
  actor: string;

  @IsOptional()
  @IsString()
  actor_name?: string | null;

  /** Who delegated the decision. */
  @IsOptional()
  @IsString()
  on_behalf_of?: string | null;

  @IsOptional()
  @IsString()
  reason?: string | null;

  @IsOptional()
  @IsString()
  flow_id?: string | null;

  @IsOptional()
  @IsString()
  system_id?: string | null;

  @IsOptional()
  @IsString()
  job_id?: string | null;

  /** The changed fields as they were; null for a beginning, and for a refusal. */
  @IsOptional()
  @IsObject()
  before?: object | null;

  @IsOptional()
  @IsObject()
  after?: object | null;

  @IsOptional()
  @IsString()
  trace_id?: string | null;

  /** Where the event stands in its service's log; null for a request. */
  @IsOptional()
  @IsString()
  source?: string | null;

  @IsOptional()
  @IsInt()
  position?: number | null;

  @IsOptional()
  @IsString()
  hash?: string | null;

  @IsOptional()
  @IsString()
  stream_id?: string | null;

  @IsOptional()
  @IsInt()
  version?: number | null;

  /** Why a request was refused. */
  @IsOptional()
  @IsString()
  code?: string | null;
}

/** What an anchor says of one log, beside what the log says now. */
export class AuditedLog {
  @IsString()
  source: string;

  /** Events that were read, each hash computed anew. */
  @IsInt()
  events: number;

  @IsBoolean()
  ok: boolean;

  /** Of the last event; '' for an empty log. */
  @IsString()
  head_hash: string;

  /** The first thing that is wrong. */
  @IsOptional()
  @IsString()
  fault?: string | null;

  /** When the newest signed anchor was taken that the log agrees with. */
  @IsOptional()
  @IsISO8601()
  anchored_at?: string | null;

  @IsOptional()
  @IsInt()
  anchored_position?: number | null;
}

/** The signed anchors themselves, read back from the object store. */
export class AuditedAnchors {
  /** Compared with the logs; or nothing is anchored here; or they could not be read, and `faults` says why. */
  @IsIn(['compared', 'not_anchored', 'unreadable'])
  state: 'compared' | 'not_anchored' | 'unreadable';

  /** Signed documents that were read, the newest ones. */
  @IsInt()
  read: number;

  /** What is wrong with them: a signature, the chain from each to the one before, a lock, a replaced, deleted or missing object. */
  @IsArray()
  @IsString({ each: true })
  faults: string[];
}

export class AuditVerification {
  @IsBoolean()
  ok: boolean;

  @IsISO8601()
  verified_at: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AuditedLog)
  logs: AuditedLog[];

  @ValidateNested()
  @Type(() => AuditedAnchors)
  anchors: AuditedAnchors;
}
