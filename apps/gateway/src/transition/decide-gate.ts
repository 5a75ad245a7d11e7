import type { Blocker, TransitionSummary } from '@lastcopy/contracts';
import { canonicalJson, decideAndAppend, logHeads, serviceActor, sha256Hex, type EventStore } from '@lastcopy/eventing';
import { decommissionFlow, type DecommissionFlowCommand } from '../decommission-flow/domain/decommission-flow.js';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import { evidenceOf } from '../evidence/evidence-root.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import { archivedSystems } from '../evidence/gate-check.js';
import { sealBlockers } from '../evidence/seals.js';
import { keepEvidence } from '../evidence/transition-evidence.js';
import type { OpenTransition } from './open-transitions.js';

const gigabyte = 1_000_000_000;

function summaryOf(facts: FlowFacts): TransitionSummary {
  const archived = archivedSystems(facts);
  const bytes = archived.reduce((sum, { job }) => sum + job.uploaded!.bytes, 0);
  return {
    archive_jobs_completed: archived.length,
    data_integrity_verified: archived.length > 0 && archived.every(({ verification }) => verification?.outcome === 'verified'),
    total_data_archived_gb: Math.round((bytes / gigabyte) * 1e6) / 1e6,
  };
}

/**
 * The decision, under the lock of the log: nothing is appended and nothing arrives between what is read here and what is decided on it.
 * Appends PhaseTransitioned and keeps the evidence beside it, or TransitionAbandoned with the reasons; nothing when another already decided this gate.
 */
export async function decideGate(store: EventStore, reader: EvidenceReader, open: OpenTransition): Promise<void> {
  const { flow_id, gate_no, tenant } = open;
  const context = { command_id: `gate:${flow_id}:${gate_no}:decide`, tenant, actor: serviceActor('gateway') };
  await store.transact(context, async (tx) => {
    const reading = await reader.readAnew(tx.query.bind(tx), tenant, flow_id);
    if (!reading?.facts.flow.proposed || reading.facts.flow.gate_no !== gate_no) return null;
    const { facts, evidence } = reading;
    const blockers = [...sealBlockers(evidence, gate_no), ...reading.blockers];
    const decide = (command: DecommissionFlowCommand) => decideAndAppend(tx, decommissionFlow, 'decommission_flow', flow_id, command);
    if (blockers.length > 0) return decide({ type: 'AbandonTransition', gate_no, blockers });
    const document = canonicalJson(evidenceOf(facts, gate_no, await logHeads(store, tx.query.bind(tx))));
    const evidence_root = sha256Hex(document);
    await keepEvidence(tx.query.bind(tx), tenant, { flow_id, gate_no, evidence_root, document });
    return decide({ type: 'PassGate', gate_no, evidence_root, summary: summaryOf(facts) });
  });
}

/** Gives a gate up; nothing when it was decided already. */
export async function abandonGate(store: EventStore, open: OpenTransition, blockers: Blocker[]): Promise<void> {
  const { flow_id, gate_no, tenant } = open;
  const context = { command_id: `gate:${flow_id}:${gate_no}:abandon`, tenant, actor: serviceActor('gateway') };
  const command: DecommissionFlowCommand = { type: 'AbandonTransition', gate_no, blockers };
  await store.transact(context, (tx) => decideAndAppend(tx, decommissionFlow, 'decommission_flow', flow_id, command));
}
