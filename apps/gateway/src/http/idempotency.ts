import type { SqlQuery } from '@lastcopy/eventing';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { Principal } from '../sign-in/principal.js';

export interface StoredAnswer {
  status: number;
  body: unknown;
}

export interface IdempotentRequest {
  principal: Principal;
  key: string;
  method: string;
  path: string;
  body: unknown;
}

/** A request that holds its key longer than this died with its process. */
const heldSeconds = 60;
const ofKey = 'client_account_id = $1 and engagement_id = $2 and user_id = $3 and key = $4';

/** Keeps the answers of requests that carry an Idempotency-Key. What a died request began is safe to repeat: its commands have the same ids. */
export class IdempotencyKeys {
  constructor(private readonly query: SqlQuery) {}

  /** The stored answer, or null when the request now holds its key. Throws IDEMPOTENCY_KEY_REUSED, COMMAND_IN_FLIGHT. */
  async begin(request: IdempotentRequest): Promise<StoredAnswer | null> {
    const { method, path, body = null } = request;
    const hash = sha256Hex(canonicalJson({ method, path, body: body ?? null }));
    const [taken] = await this.query(
      `insert into idempotency_keys (client_account_id, engagement_id, user_id, key, request_hash) values ($1, $2, $3, $4, $5)
       on conflict (client_account_id, engagement_id, user_id, key) do update set started_at = clock_timestamp()
       where idempotency_keys.status is null and idempotency_keys.request_hash = excluded.request_hash
         and idempotency_keys.started_at < clock_timestamp() - make_interval(secs => ${heldSeconds})
       returning key`,
      [...this.place(request), hash],
    );
    if (taken) return null;
    const [known] = await this.query<{ request_hash: string; status: number | null; body: unknown }>(
      `select request_hash, status, body from idempotency_keys where ${ofKey}`,
      this.place(request),
    );
    if (known && known.request_hash !== hash) {
      throw new CodedError('IDEMPOTENCY_KEY_REUSED', `Idempotency-Key ${request.key} belongs to another request`);
    }
    if (known?.status) return { status: known.status, body: known.body };
    throw new CodedError('COMMAND_IN_FLIGHT', `The request with Idempotency-Key ${request.key} is being carried out`);
  }

  async finish(request: IdempotentRequest, answer: StoredAnswer): Promise<void> {
    await this.query(`update idempotency_keys set status = $5, body = $6 where ${ofKey}`, [
      ...this.place(request),
      answer.status,
      JSON.stringify(answer.body ?? null),
    ]);
  }

  /** Nothing happened: the same request may be tried again. */
  async release(request: IdempotentRequest): Promise<void> {
    await this.query(`delete from idempotency_keys where ${ofKey} and status is null`, this.place(request));
  }

  private place({ principal, key }: IdempotentRequest): string[] {
    return [principal.tenant.client_account_id, principal.tenant.engagement_id, principal.actor.user_id, key];
  }
}
