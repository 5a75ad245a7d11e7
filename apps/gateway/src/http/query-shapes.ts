import {
  approvalRoles,
  approvalStatuses,
  flowStatuses,
  reportFormats,
  type ApprovalRole,
  type ApprovalStatusName,
  type FlowStatus,
  type ReportFormat,
} from '@lastcopy/contracts';
import { exportFormats, type ExportFormat } from '../audit/export-audit.js';
import type { AuditFilter } from '../audit/audit-queries.js';
import { roles, type Role } from '../sign-in/permissions.js';
import { QueryChoice, QueryCount, QueryFlag, QueryId, QueryPosition, QueryText, QueryTime } from './query-fields.js';

const longest = 255;

export class FlowQuery {
  @QueryChoice(flowStatuses)
  status?: FlowStatus;
}

export class AlertQuery {
  @QueryId()
  flow_id?: string;
}

export class PeopleQuery {
  @QueryChoice(roles)
  role?: Role;
}

export class LegalHoldQuery {
  @QueryId()
  system_id?: string;

  @QueryId()
  job_id?: string;

  @QueryChoice(['standing', 'released'])
  status?: 'standing' | 'released';
}

export class NotificationQuery {
  @QueryFlag()
  unread?: boolean;
}

export class InboxQuery {
  @QueryChoice(approvalStatuses)
  status?: ApprovalStatusName;

  @QueryChoice(approvalRoles)
  role?: ApprovalRole;

  @QueryId()
  flow_id?: string;

  /** Those alone that the caller may decide. */
  @QueryFlag()
  mine?: boolean;

  @QueryFlag()
  overdue?: boolean;
}

export class ImpactQuery {
  @QueryChoice(['retire', 'start_review'])
  action?: 'retire' | 'start_review';
}

export class DiffQuery {
  @QueryCount()
  from?: string;
}

export class PolicyImportQuery {
  @QueryFlag()
  dry_run?: boolean;

  @QueryText(2000)
  reason?: string;
}

export class ContentQuery {
  @QueryCount()
  version?: string;
}

export class AuditQuery {
  @QueryId()
  flow_id?: string;

  @QueryId()
  system_id?: string;

  @QueryId()
  job_id?: string;

  @QueryText(longest)
  actor?: string;

  @QueryText(longest)
  type?: string;

  @QueryChoice(['done', 'refused'])
  outcome?: 'done' | 'refused';

  @QueryTime()
  from?: string;

  @QueryTime()
  to?: string;

  @QueryText(longest)
  text?: string;
}

export class AuditPageQuery extends AuditQuery {
  /** X-Next-Cursor of the page before. */
  @QueryText(longest)
  cursor?: string;
}

export class AuditExportQuery extends AuditQuery {
  @QueryChoice(exportFormats)
  format?: ExportFormat;
}

/** What a request asks of the trail. */
export function auditFilterOf({ flow_id, system_id, job_id, actor, type, outcome, from, to, text }: AuditQuery): AuditFilter {
  const iso = (time: string | undefined) => time && new Date(time).toISOString();
  const filter = {
    ...{ flow_id: flow_id?.toLowerCase(), system_id: system_id?.toLowerCase(), job_id: job_id?.toLowerCase() },
    ...{ actor, type, outcome, from: iso(from), to: iso(to), text },
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;
}

export class OverviewQuery {
  @QueryText(9)
  limit?: string;

  @QueryText(9)
  offset?: string;
}

/** Of a flow's timeline. */
export class TimelineQuery {
  @QueryText(longest)
  type?: string;

  @QueryText(longest)
  actor?: string;

  @QueryId()
  job_id?: string;

  /** Only what came before this position, the newest first. */
  @QueryPosition()
  before_seq?: string;
}

export class ReportQuery {
  /** @default pdf */
  @QueryChoice(reportFormats)
  format?: ReportFormat;
}
