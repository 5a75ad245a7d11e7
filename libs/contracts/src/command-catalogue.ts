import * as archive from './commands/archive.js';
import * as assignment from './commands/assignment.js';
import * as rearchive from './commands/rearchive.js';
import * as integrity from './commands/integrity.js';
import * as policy from './commands/policy.js';
import * as seal from './commands/seal.js';
import * as system from './commands/system.js';
import type { Actor, StreamToken, Tenant } from './envelope.js';

/** Which service carries out which command. */
export const commandCatalogue = {
  'policy-service': {
    EnsureTenantPolicies: policy.EnsureTenantPolicies,
    OverrideAssignment: assignment.OverrideAssignment,
    ResetAssignment: assignment.ResetAssignment,
    ResolveRetentionConflict: assignment.ResolveRetentionConflict,
    PreviewAssignments: assignment.PreviewAssignments,
    SealFlow: seal.SealFlow,
    UnsealFlow: seal.UnsealFlow,
  },
  'archive-service': {
    RegisterSystem: archive.RegisterSystem,
    ReviseSystem: system.ReviseSystem,
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
  'integrity-service': { RequestVerification: integrity.RequestVerification, SealFlow: seal.SealFlow, UnsealFlow: seal.UnsealFlow },
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
