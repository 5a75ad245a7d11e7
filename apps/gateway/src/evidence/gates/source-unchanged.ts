import type { Blocker, FlowSystem, SourceDescription } from '@lastcopy/contracts';
import { canonicalJson } from '@lastcopy/eventing';
import type { FlowFacts } from '../flow-facts.js';
import { archivedSystems, type GateCheck } from '../gate-check.js';
import { presentSystems } from '../present-systems.js';

/** Which data it is. How to get at it (secret, TLS) does not change what is there. */
function placeOf({ kind, host, port, database, user, path }: SourceDescription): string {
  return canonicalJson({
    kind,
    host: host ?? null,
    port: port ?? null,
    database: database ?? null,
    user: user ?? null,
    path: path ?? null,
  });
}

function changedSince(facts: FlowFacts, system: FlowSystem): SourceDescription | null {
  const archived = archivedSystems(facts).find(({ system: { system_id } }) => system_id === system.system_id);
  const source = archived?.job.queued?.source;
  return source && placeOf(source) !== placeOf(system.source) ? source : null;
}

/** What was archived is what the system's description names now: else the copy is of something that nobody is about to destroy. */
export const sourceUnchanged: GateCheck = (facts) =>
  presentSystems(facts).flatMap((system): Blocker[] => {
    const archived = changedSince(facts, system);
    if (!archived) return [];
    const { system_id, system_name } = system;
    const job = archivedSystems(facts).find((one) => one.system.system_id === system_id)!.job;
    const message = `The archive of "${system_name}" is of another source than the one that is described now.`;
    const hint = 'Archive the system again from its present source, or put the description right.';
    return [{ code: 'SOURCE_CHANGED', message, hint, system_id, job_id: job.job_id }];
  });
