import type { FlowInputKind, Tenant } from '@lastcopy/contracts';
import { canonicalJson, type SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';

/** One a flow and kind, shared by all who work on it; `version` tells who saw what. */
export interface Draft {
  flow_id: string;
  kind: FlowInputKind;
  /** Another draft of the same kind, after this was submitted or thrown away, has another. */
  draft_id: string;
  version: number;
  content: Record<string, unknown>;
  edited_by: string;
  edited_at: Date;
}

export interface DraftPlace {
  tenant: Tenant;
  flow_id: string;
  kind: FlowInputKind;
}

const most = 64 * 1024;
const columns = 'flow_id, kind, draft_id, version, content, edited_by, edited_at';
const ofPlace = 'flow_id = $1 and kind = $2 and client_account_id = $3 and engagement_id = $4';
const placed = ({ tenant, flow_id, kind }: DraftPlace) => [flow_id, kind, tenant.client_account_id, tenant.engagement_id];

/** Null when there is none. */
export async function findDraft(query: SqlQuery, place: DraftPlace): Promise<Draft | null> {
  const [draft] = await query<Draft>(`select ${columns} from input_drafts where ${ofPlace}`, placed(place));
  return draft ?? null;
}

const changedMeanwhile = ({ kind, flow_id }: DraftPlace, now: Draft | null) => {
  const state = now ? `is at version ${now.version}, last edited by ${now.edited_by}` : 'is not there any more';
  return new CodedError('PRECONDITION_FAILED', `The ${kind} draft of flow ${flow_id} ${state}`);
};

export interface DraftEdit {
  content: Record<string, unknown>;
  edited_by: string;
  /** The version that was looked at; null when none was there. */
  version: number | null;
  /** Of a new draft. */
  draft_id: string;
}

/** Throws PRECONDITION_FAILED when it changed since, PRECONDITION_REQUIRED when it stands and no version was named, PAYLOAD_TOO_LARGE. */
export async function saveDraft(query: SqlQuery, place: DraftPlace, edit: DraftEdit): Promise<Draft> {
  const { content, edited_by, version, draft_id } = edit;
  const text = canonicalJson(content);
  if (Buffer.byteLength(text) > most) throw new CodedError('PAYLOAD_TOO_LARGE', `A draft may have ${most} bytes`);
  const [saved] =
    version === null
      ? await query<Draft>(
          `insert into input_drafts (flow_id, kind, client_account_id, engagement_id, draft_id, version, content, edited_by, edited_at)
           values ($1, $2, $3, $4, $5, 1, $6, $7, clock_timestamp()) on conflict do nothing returning ${columns}`,
          [...placed(place), draft_id, text, edited_by],
        )
      : await query<Draft>(
          `update input_drafts set version = version + 1, content = $5, edited_by = $6, edited_at = clock_timestamp()
           where ${ofPlace} and version = $7 returning ${columns}`,
          [...placed(place), text, edited_by, version],
        );
  if (saved) return saved;
  const standing = await findDraft(query, place);
  if (standing && version === null) {
    throw new CodedError(
      'PRECONDITION_REQUIRED',
      `A ${place.kind} draft stands, last edited by ${standing.edited_by}; name its version in If-Match`,
    );
  }
  throw changedMeanwhile(place, standing);
}

/** Removes exactly the draft that was looked at. False when there is none. Throws PRECONDITION_FAILED when it changed since. */
export async function dropDraft(query: SqlQuery, place: DraftPlace, version: number | null): Promise<boolean> {
  const gone = await query(`delete from input_drafts where ${ofPlace} and ($5::integer is null or version = $5) returning flow_id`, [
    ...placed(place),
    version,
  ]);
  if (gone.length > 0) return true;
  const standing = await findDraft(query, place);
  if (standing) throw changedMeanwhile(place, standing);
  return false;
}
