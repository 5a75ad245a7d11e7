import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

/** The document that a transition rests on, as it was hashed. */
export interface TransitionEvidence {
  flow_id: string;
  gate_no: number;
  /** SHA-256 (hex) of the UTF-8 bytes of `document`. */
  evidence_root: string;
  /** RFC 8785 bytes, as text. */
  document: string;
}

/** Keeps the document; `query` is that of the transaction that decides, so that no root stands without what it was made from. */
export async function keepEvidence(query: SqlQuery, tenant: Tenant, evidence: TransitionEvidence): Promise<void> {
  const { flow_id, gate_no, evidence_root, document } = evidence;
  await query(
    `insert into transition_evidence (flow_id, gate_no, client_account_id, engagement_id, evidence_root, document)
     values ($1, $2, $3, $4, $5, $6)`,
    [flow_id, gate_no, tenant.client_account_id, tenant.engagement_id, evidence_root, document],
  );
}

/** Null while the flow has not passed the gate, and for another tenant. */
export async function evidenceOfTransition(query: SqlQuery, tenant: Tenant, flowId: string): Promise<TransitionEvidence | null> {
  const [kept] = await query<TransitionEvidence>(
    `select flow_id, gate_no, evidence_root, document from transition_evidence
     where flow_id = $1 and client_account_id = $2 and engagement_id = $3`,
    [flowId, tenant.client_account_id, tenant.engagement_id],
  );
  return kept ?? null;
}
