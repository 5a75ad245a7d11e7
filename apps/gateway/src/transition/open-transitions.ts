import type { EventData, Tenant } from '@lastcopy/contracts';
import type { InlineProjection, SqlQuery } from '@lastcopy/eventing';

/** A gate that was begun and has work left: to be decided, or (abandoned) to be unsealed. */
export interface OpenTransition {
  flow_id: string;
  gate_no: number;
  state: 'proposed' | 'abandoned';
  tenant: Tenant;
  proposed_at: Date;
  /** Trace of the call that proposed: what follows belongs to it. */
  traceparent: string | null;
}

/** Kept in the transaction of the events themselves, so that no crash can forget a gate that was begun. */
export const openTransitions: InlineProjection = {
  name: 'open_transitions',
  async apply(tx, event) {
    if (event.type === 'TransitionProposed') {
      const { flow_id, gate_no } = event.data as EventData<'TransitionProposed'>;
      await tx.query(
        `insert into open_transitions (flow_id, gate_no, state, client_account_id, engagement_id, proposed_at, traceparent) values ($1, $2, 'proposed', $3, $4, $5, $6)
         on conflict (flow_id) do update set gate_no = excluded.gate_no, state = excluded.state, proposed_at = excluded.proposed_at,
           traceparent = excluded.traceparent`,
        [flow_id, gate_no, event.client_account_id, event.engagement_id, event.occurred_at, event.traceparent],
      );
    } else if (event.type === 'TransitionAbandoned') {
      const { flow_id, gate_no } = event.data as EventData<'TransitionAbandoned'>;
      await tx.query(`update open_transitions set state = 'abandoned' where flow_id = $1 and gate_no = $2`, [flow_id, gate_no]);
    } else if (event.type === 'PhaseTransitioned') {
      await tx.query('delete from open_transitions where flow_id = $1', [(event.data as EventData<'PhaseTransitioned'>).flow_id]);
    }
  },
};

export async function listOpenTransitions(query: SqlQuery): Promise<OpenTransition[]> {
  const rows = await query<Omit<OpenTransition, 'tenant'> & Tenant>('select * from open_transitions order by proposed_at');
  return rows.map(({ client_account_id, engagement_id, ...row }) => ({ ...row, tenant: { client_account_id, engagement_id } }));
}

export const closeAbandoned = (query: SqlQuery, open: OpenTransition): Promise<unknown> =>
  query(`delete from open_transitions where flow_id = $1 and gate_no = $2 and state = 'abandoned'`, [open.flow_id, open.gate_no]);
