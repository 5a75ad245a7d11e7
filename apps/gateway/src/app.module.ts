import type { ModuleMetadata } from '@nestjs/common';
import { GATEWAY, type Gateway } from './gateway.js';
import { ApprovalsController } from './http/approvals.controller.js';
import { AsyncApiController } from './http/asyncapi.controller.js';
import { ArtifactsController } from './http/artifacts.controller.js';
import { AssignmentsController } from './http/assignments.controller.js';
import { AuditController } from './http/audit.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { FlowInputsController } from './http/flow-inputs.controller.js';
import { FlowJobsController } from './http/flow-jobs.controller.js';
import { FlowsController } from './http/flows.controller.js';
import { GateController } from './http/gate.controller.js';
import { InventoryController } from './http/inventory.controller.js';
import { JobsController } from './http/jobs.controller.js';
import { LegalHoldsController } from './http/legal-holds.controller.js';
import { ClassificationController } from './http/classification.controller.js';
import { RearchiveController } from './http/rearchive.controller.js';
import { SystemsController } from './http/systems.controller.js';
import { DevMailboxController } from './http/dev-mailbox.controller.js';
import { NotificationsController } from './http/notifications.controller.js';
import { WebhookDeliveriesController, WebhookEndpointsController } from './http/webhook-endpoints.controller.js';
import { PeopleController } from './http/people.controller.js';
import { SignInController } from './http/sign-in.controller.js';
import { OverviewController } from './http/overview.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { PoliciesController } from './http/policies.controller.js';
import { PolicyFilesController } from './http/policy-files.controller.js';
import { RegulationsController } from './http/regulations.controller.js';

export const gatewayControllers = [
  FlowsController,
  GateController,
  FlowInputsController,
  FlowJobsController,
  RearchiveController,
  JobsController,
  ApprovalsController,
  ArtifactsController,
  InventoryController,
  SystemsController,
  ClassificationController,
  LegalHoldsController,
  AssignmentsController,
  PolicyFilesController,
  PoliciesController,
  RegulationsController,
  PeopleController,
  SignInController,
  OverviewController,
  ReportsController,
  AuditController,
  EvidenceController,
  NotificationsController,
  WebhookEndpointsController,
  WebhookDeliveriesController,
  DevMailboxController,
  AsyncApiController,
];

export const gatewayModule = (gateway: Gateway): ModuleMetadata => ({
  controllers: gatewayControllers,
  providers: [{ provide: GATEWAY, useValue: gateway }],
});
