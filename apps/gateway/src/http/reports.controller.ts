import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { FlowReportsAnswer, ReportAnswer, reportKinds, type ReportKind } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { GATEWAY, type Gateway } from '../gateway.js';
import { approvalFold } from '../records/approval-record.js';
import { assignmentFold } from '../records/assignment-record.js';
import { jobFold } from '../records/job-record.js';
import { policyFold } from '../records/policy-record.js';
import { makeReport } from '../report/make-report.js';
import { reportCsv } from '../report/report-csv.js';
import { reportPdf } from '../report/report-pdf.js';
import { reportsOfFlow } from '../report/reports-of-flow.js';
import { FlowReader } from '../views/flow-reader.js';
import { Endpoint } from './endpoint.js';
import { QueryOf } from './query-of.js';
import { ReportQuery } from './query-shapes.js';
import { Context, idPipe } from './request-scope.js';

const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const;
const everything = { limit: 100_000, offset: 0 };
const isKind = (kind: string): kind is ReportKind => (reportKinds as readonly string[]).includes(kind);

@ApiTags('evidence')
@Controller('api/v1/decommission-flow')
export class ReportsController {
  private readonly reader: FlowReader;

  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {
    this.reader = new FlowReader(gateway);
  }

  @Get(':flow_id/reports')
  @Endpoint({
    summary: 'The reports of a flow: their formats with a link each, and what is not in them yet',
    permission: 'decommission.read',
    answer: FlowReportsAnswer,
    params: ['flow_id'],
  })
  async list(@Context() { tenant }: CommandContext, @Param('flow_id', idPipe) flowId: string): Promise<FlowReportsAnswer> {
    const flow = await this.reader.flow(tenant, flowId);
    const jobs = await this.gateway.queries.list(jobFold, tenant, { flow_id: flowId }, everything);
    return { reports: reportsOfFlow(flow, jobs.records) };
  }

  @Get(':flow_id/reports/:kind')
  @Endpoint({
    summary: 'A report of a flow (archival, attestation, recovery) as a download: PDF, CSV of its own table, or JSON of everything',
    permission: 'decommission.read',
    answer: ReportAnswer,
    params: ['flow_id', 'kind'],
    query: ReportQuery,
  })
  async report(
    @Context() { tenant }: CommandContext,
    @Param('flow_id', idPipe) flowId: string,
    @Param('kind') kind: string,
    @QueryOf(ReportQuery) { format = 'pdf' }: ReportQuery,
    @Res() response: Response,
  ): Promise<void> {
    if (!isKind(kind)) throw new CodedError('NOT_FOUND', `There is no such report; there are ${reportKinds.join(', ')}`);
    const flow = await this.reader.flow(tenant, flowId);
    const { queries } = this.gateway;
    const of = { flow_id: flowId };
    const [assignments, jobs, approvals] = await Promise.all([
      queries.list(assignmentFold, tenant, of, everything),
      queries.list(jobFold, tenant, of, everything),
      queries.list(approvalFold, tenant, of, everything),
    ]);
    const holds = await this.reader.holdsOn(tenant, jobs.records);
    const policyIds = [...new Set(assignments.records.map(({ policy_id }) => policy_id))];
    const policies = await queries.getAll(policyFold, tenant, policyIds);
    const facts = { flow, assignments: assignments.records, policies, jobs: jobs.records, approvals: approvals.records, holds };
    const report = makeReport(kind, facts, this.reader.now());
    const body = format === 'pdf' ? await reportPdf(report) : format === 'csv' ? reportCsv(report) : JSON.stringify(report, null, 2);
    response
      .status(200)
      .set({
        'Content-Type': mediaTypes[format],
        'Content-Disposition': `attachment; filename="${kind}-${flowId}.${format}"`,
        'Cache-Control': 'no-store',
      })
      .send(body);
  }
}
