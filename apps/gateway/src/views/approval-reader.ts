import {
  streamId,
  type ApprovalAnswer,
  type ApprovalDetailAnswer,
  type ApprovalEvidencePart,
  type ApprovalRole,
  type ScopePart,
  type Tenant,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { signInOf } from '../approval/commands/sign-in-of.js';
import { presentParts, scopeOf } from '../evidence/approval-scopes.js';
import { comparedParts } from '../evidence/changed-parts.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { streamEvents } from '../evidence/flow-log.js';
import { conflictsResolved } from '../evidence/gates/conflicts-resolved.js';
import type { Gateway } from '../gateway.js';
import { approvalFold, type ApprovalRecord } from '../records/approval-record.js';
import type { Page, PageOf } from '../read-model/record-queries.js';
import { approvalHistory } from './approval-history.js';
import { approvalView, mayDecide, type Onlooker } from './approval-view.js';

export interface InboxFilter {
  status?: ApprovalRecord['status'];
  role?: ApprovalRole;
  flow_id?: string;
  /** Only what the caller may decide. */
  mine?: boolean;
  /** Only what is open past its due date. */
  overdue?: boolean;
}

const evidenceOf = (before: readonly ScopePart[], now: readonly ScopePart[]): ApprovalEvidencePart[] =>
  comparedParts(before, now).map(({ name, requested, present, change }) => ({
    ...{ name, requested: requested?.content ?? null, present: present?.content ?? null },
    changed: change === null ? [] : [change],
  }));

/** Approvals as one person sees them. What another tenant owns is NOT_FOUND. */
export class ApprovalReader {
  constructor(private readonly gateway: Gateway) {}

  async ofFlow(context: CommandContext, flowId: string): Promise<ApprovalAnswer[]> {
    const facts = await this.facts(context.tenant, flowId);
    const { records } = await this.gateway.queries.list(approvalFold, context.tenant, { flow_id: flowId });
    return records.map((record) => approvalView(record, this.onlooker(context), facts));
  }

  async one(context: CommandContext, approvalId: string): Promise<ApprovalAnswer> {
    const record = await this.record(context.tenant, approvalId);
    return approvalView(record, this.onlooker(context), await this.facts(context.tenant, record.flow_id));
  }

  /** With its evidence, before and now, and its history. */
  async detail(context: CommandContext, approvalId: string): Promise<ApprovalDetailAnswer> {
    const { tenant } = context;
    const record = await this.record(tenant, approvalId);
    const facts = await this.facts(tenant, record.flow_id);
    const open_conflicts = record.role === 'legal' ? [] : conflictsResolved(facts).map(({ message }) => message);
    return {
      ...approvalView(record, this.onlooker(context), facts),
      evidence: evidenceOf(record.parts, presentParts(record.role, facts)),
      present_evidence_hash: scopeOf(record.role, facts)?.hash ?? null,
      open_conflicts,
      history: approvalHistory(await this.events(tenant, approvalId)),
    };
  }

  /** Of all flows, the newest first. What depends on the caller or on the time is judged flow by flow, over the open requests alone. */
  async inbox(context: CommandContext, filter: InboxFilter, page: Page): Promise<PageOf<ApprovalAnswer>> {
    const { mine, overdue, flow_id, role } = filter;
    const judged = mine || overdue;
    const status = judged ? 'requested' : filter.status;
    if (judged && filter.status && filter.status !== 'requested') return { records: [], total: 0 };
    const where = { ...(status ? { status } : {}), ...(role ? { role } : {}) };
    const bounds = judged ? { limit: 10_000, offset: 0 } : page;
    const found = await this.gateway.queries.list(
      approvalFold,
      context.tenant,
      { where, ...(flow_id ? { flow_id } : {}) },
      { ...bounds, newestFirst: true },
    );
    const views = await this.views(context, found.records);
    if (!judged) return { records: views, total: found.total };
    const wanted = views.filter((view) => (!mine || mayDecide(view)) && (!overdue || view.overdue));
    return { records: wanted.slice(page.offset, page.offset + page.limit), total: wanted.length };
  }

  private async views(context: CommandContext, records: readonly ApprovalRecord[]): Promise<ApprovalAnswer[]> {
    const onlooker = this.onlooker(context);
    const flows = await this.gateway.reader.readAll(context.tenant, [...new Set(records.map(({ flow_id }) => flow_id))]);
    // An approval whose flow cannot be read yet is shown at the next look: it hides no other.
    return records.flatMap((record) => {
      const reading = flows.get(record.flow_id);
      return reading ? [approvalView(record, onlooker, reading.facts)] : [];
    });
  }

  private onlooker({ actor }: CommandContext): Onlooker {
    return { actor, signIn: signInOf(this.gateway.approvals, actor) };
  }

  private async record(tenant: Tenant, approvalId: string): Promise<ApprovalRecord> {
    const record = await this.gateway.queries.get(approvalFold, tenant, approvalId);
    if (!record) throw new CodedError('NOT_FOUND', `There is no approval ${approvalId}`);
    return record;
  }

  private async facts(tenant: Tenant, flowId: string): Promise<FlowFacts> {
    const reading = await this.gateway.reader.read(tenant, flowId);
    if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    return reading.facts;
  }

  private events(tenant: Tenant, approvalId: string) {
    const { store } = this.gateway.deps.eventing;
    return streamEvents(store.within(tenant), store, tenant, streamId('approval', approvalId));
  }
}
