import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { ContentPlace } from './ports/artifact-contents.js';

/**
 * Every content that was ever begun to be stored, written before its first byte: after a crash these rows say what lies in the store and
 * belongs to nothing. `uploading` becomes `attached` in the transaction of the event, and `locked` once retention was read back.
 */
export interface ContentRow extends ContentPlace {
  state: 'uploading' | 'attached' | 'locked';
}

const columns = 'content_id, artifact_id, flow_id, state, client_account_id, engagement_id';

const rowOf = ({ client_account_id, engagement_id, ...row }: Omit<ContentRow, 'tenant'> & Tenant): ContentRow => ({
  ...row,
  tenant: { client_account_id, engagement_id },
});

export const beginContent = (query: SqlQuery, { tenant, flow_id, artifact_id, content_id }: ContentPlace): Promise<unknown> =>
  query(
    `insert into artifact_contents (content_id, artifact_id, flow_id, client_account_id, engagement_id, state)
     values ($1, $2, $3, $4, $5, 'uploading')`,
    [content_id, artifact_id, flow_id, tenant.client_account_id, tenant.engagement_id],
  );

/** @throws ARTIFACT_STATE when the upload was given up meanwhile: its bytes may be gone. */
export async function attachContent(query: SqlQuery, contentId: string): Promise<void> {
  const rows = await query(
    `update artifact_contents set state = 'attached', touched_at = clock_timestamp()
     where content_id = $1 and state = 'uploading' returning content_id`,
    [contentId],
  );
  if (rows.length === 0) throw new CodedError('ARTIFACT_STATE', 'The upload took too long and was removed; send the file again');
}

/** Changes whenever someone asks for another look at the content's retention. */
export const contentMark = async (query: SqlQuery, contentId: string): Promise<string | null> =>
  (await query<{ mark: string }>('select touched_at::text as mark from artifact_contents where content_id = $1', [contentId]))[0]?.mark ??
  null;

/** Leaves it open when another look was asked for since `mark`. */
export const settleLock = (query: SqlQuery, contentId: string, mark: string | null): Promise<unknown> =>
  query(`update artifact_contents set state = 'locked' where content_id = $1 and touched_at::text = $2`, [contentId, mark]);

/** What the documents of the flow must be kept for may have changed. */
export const reopenContents = (query: SqlQuery, flowId: string): Promise<unknown> =>
  query(
    `update artifact_contents set state = 'attached', touched_at = clock_timestamp() where flow_id = $1 and state in ('attached', 'locked')`,
    [flowId],
  );

/** One that cannot be protected now lets the others go first. */
export const postponeLock = (query: SqlQuery, contentId: string): Promise<unknown> =>
  query(`update artifact_contents set touched_at = clock_timestamp() where content_id = $1 and state = 'attached'`, [contentId]);

/** False when it has been attached meanwhile: then nothing of it may be removed. */
export async function giveUpContent(query: SqlQuery, contentId: string): Promise<boolean> {
  const rows = await query(
    `update artifact_contents set touched_at = clock_timestamp() where content_id = $1 and state = 'uploading' returning content_id`,
    [contentId],
  );
  return rows.length > 0;
}

export const forgetContent = (query: SqlQuery, contentId: string): Promise<unknown> =>
  query(`delete from artifact_contents where content_id = $1 and state = 'uploading'`, [contentId]);

/** Uploads that nothing happened to for so long that whoever began them is gone. */
export const abandonedContents = async (query: SqlQuery, olderThanMs: number, limit = 50): Promise<ContentRow[]> =>
  (
    await query<Omit<ContentRow, 'tenant'> & Tenant>(
      `select ${columns} from artifact_contents where state = 'uploading'
         and touched_at < clock_timestamp() - $1 * interval '1 millisecond' order by touched_at limit $2`,
      [olderThanMs, limit],
    )
  ).map(rowOf);

export const unlockedContents = async (query: SqlQuery, limit = 50): Promise<ContentRow[]> =>
  (
    await query<Omit<ContentRow, 'tenant'> & Tenant>(
      `select ${columns} from artifact_contents where state = 'attached' order by touched_at limit $1`,
      [limit],
    )
  ).map(rowOf);
