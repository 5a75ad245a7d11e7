import type { ArtifactKind, Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';

export interface DueDocument {
  flow_id: string;
  kind: ArtifactKind;
  tenant: Tenant;
  /** How often it was asked for; one that is asked for again while it is made stays due. */
  asked: number;
}

export const askForDocument = (query: SqlQuery, tenant: Tenant, flowId: string, kind: ArtifactKind): Promise<unknown> =>
  query(
    `insert into documents_due (flow_id, kind, client_account_id, engagement_id) values ($1, $2, $3, $4)
     on conflict (flow_id, kind) do update set asked = documents_due.asked + 1`,
    [flowId, kind, tenant.client_account_id, tenant.engagement_id],
  );

export async function dueDocuments(query: SqlQuery, limit = 20): Promise<DueDocument[]> {
  const rows = await query<Omit<DueDocument, 'tenant'> & Tenant>(
    'select flow_id, kind, asked, client_account_id, engagement_id from documents_due where due_at <= clock_timestamp() order by due_at limit $1',
    [limit],
  );
  return rows.map(({ client_account_id, engagement_id, ...row }) => ({ ...row, tenant: { client_account_id, engagement_id } }));
}

export const settleDocument = (query: SqlQuery, { flow_id, kind, asked }: DueDocument): Promise<unknown> =>
  query('delete from documents_due where flow_id = $1 and kind = $2 and asked = $3', [flow_id, kind, asked]);

/** One that cannot be made now lets the others go first. */
export const postponeDocument = (query: SqlQuery, { flow_id, kind }: DueDocument): Promise<unknown> =>
  query(`update documents_due set due_at = clock_timestamp() + interval '2 seconds' where flow_id = $1 and kind = $2`, [flow_id, kind]);
