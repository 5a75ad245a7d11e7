import * as anchor from './commands/anchor.js';
import * as archive from './commands/archive.js';
import * as assignment from './commands/assignment.js';
import * as rearchive from './commands/rearchive.js';
import * as integrity from './commands/integrity.js';
import * as legalHold from './commands/legal-hold.js';
import * as policy from './commands/policy.js';
import * as regulation from './commands/regulation.js';
import * as retentionPolicy from './commands/retention-policy.js';
import * as seal from './commands/seal.js';
import * as system from './commands/system.js';
import * as classification from './commands/classification.js';
import type { Actor, StreamToken, Tenant } from './envelope.js';

/** Which service carries out which command. */
export const commandCatalogue = {
  'policy-service': {
    EnsureTenantPolicies: policy.EnsureTenantPolicies,
    CreateRetentionPolicy: retentionPolicy.CreateRetentionPolicy,
    ReviseRetentionPolicy: retentionPolicy.ReviseRetentionPolicy,
    RetireRetentionPolicy: retentionPolicy.RetireRetentionPolicy,
    StartPolicyReview: retentionPolicy.StartPolicyReview,
    EndPolicyReview: retentionPolicy.EndPolicyReview,
    ImportRetentionPolicies: retentionPolicy.ImportRetentionPolicies,
    PreviewPolicyChange: retentionPolicy.PreviewPolicyChange,
    DescribeRegulations: regulation.DescribeRegulations,
    AdviseRetention: regulation.AdviseRetention,
    OverrideAssignment: assignment.OverrideAssignment,
    ResetAssignment: assignment.ResetAssignment,
    ResolveRetentionConflict: assignment.ResolveRetentionConflict,
    PlaceLegalHold: legalHold.PlaceLegalHold,
    ReleaseLegalHold: legalHold.ReleaseLegalHold,
    PreviewAssignments: assignment.PreviewAssignments,
    SealFlow: seal.SealFlow,
    UnsealFlow: seal.UnsealFlow,
  },
  'archive-service': {
    RegisterSystem: archive.RegisterSystem,
    ReviseSystem: system.ReviseSystem,
    ClassifySystem: classification.ClassifySystem,
    AcceptClassification: classification.AcceptClassification,
    DismissClassification: classification.DismissClassification,
    NameClassificationPlaces: classification.NameClassificationPlaces,
    TestSystemConnection: archive.TestSystemConnection,
    StartMigration: archive.StartMigration,
    RetryArchiveJob: archive.RetryArchiveJob,
    RearchiveSystem: rearchive.RearchiveSystem,
    PauseArchiveJob: archive.PauseArchiveJob,
    ResumeArchiveJob: archive.ResumeArchiveJob,
    CancelArchiveJob: archive.CancelArchiveJob,
    SealFlow: seal.SealFlow,
    UnsealFlow: seal.UnsealFlow,
  },
  'integrity-service': {
    RequestVerification: integrity.RequestVerification,
    TakeAnchor: integrity.TakeAnchor,
    ReadAnchors: anchor.ReadAnchors,
    SealFlow: seal.SealFlow,
    UnsealFlow: seal.UnsealFlow,
  },
} as const;

export type CommandTarget = keyof typeof commandCatalogue;
export type CommandName<S extends CommandTarget> = keyof (typeof commandCatalogue)[S] & string;

/** What travels to a service. `command_id` makes a repetition harmless; trace context travels in headers. */
export interface CommandMessage<D = unknown> {
  command_id: string;
  tenant: Tenant;
  actor: Actor;
  data: D;
}

export interface CommandError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export type CommandReply<A = unknown> = { ok: true; token: StreamToken | null; answer: A | null } | { ok: false; error: CommandError };
