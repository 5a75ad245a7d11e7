import type { Tenant } from '@lastcopy/contracts';
import type { SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { ContentPlace } from './ports/artifact-contents.js';

/**
 * Every content that was ever begun to be stored, written before its first byte: after a crash these rows say what lies in the store and
 * belongs to nothing. `uploading` becomes `attached` in the transaction of the event, and `locked` once retention was read back; or else
 * `discarding`, before the first of its bytes is removed, and never anything again.
 */
export interface ContentRow extends ContentPlace {
  state: 'uploading' | 'discarding' | 'attached' | 'locked';
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
  query(`update artifact_contents set state = 'locked', lock_failing_since = null where content_id = $1 and touched_at::text = $2`, [
    contentId,
    mark,
  ]);

/** What the documents of the flow must be kept for may have changed. */
export const reopenContents = (query: SqlQuery, flowId: string): Promise<unknown> =>
  query(
    `update artifact_contents set state = 'attached', touched_at = clock_timestamp() where flow_id = $1 and state in ('attached', 'locked')`,
    [flowId],
  );

/** One that cannot be protected now lets the others go first. */
export const postponeLock = (query: SqlQuery, contentId: string): Promise<unknown> =>
  query(`update artifact_contents set touched_at = clock_timestamp() where content_id = $1 and state = 'attached'`, [contentId]);

/** Since when the store refuses to protect the content, and for how many milliseconds; null when it is protected or gone meanwhile. */
export async function noteLockFailure(query: SqlQuery, contentId: string): Promise<{ since: Date; failingMs: number } | null> {
  const [row] = await query<{ since: Date; failing_ms: number }>(
    `update artifact_contents set lock_failing_since = coalesce(lock_failing_since, clock_timestamp())
     where content_id = $1 and state = 'attached'
     returning lock_failing_since as since, (extract(epoch from clock_timestamp() - lock_failing_since) * 1000)::float8 as failing_ms`,
    [contentId],
  );
  return row ? { since: row.since, failingMs: row.failing_ms } : null;
}

/** Marks what was never attached: from here on nobody can attach it. False when it is attached: then nothing of it may be removed. */
export async function beginDiscard(query: SqlQuery, contentId: string): Promise<boolean> {
  await query(
    `update artifact_contents set state = 'discarding', touched_at = clock_timestamp()
     where content_id = $1 and state in ('uploading', 'discarding')`,
    [contentId],
  );
  const rows = await query<Pick<ContentRow, 'state'>>('select state from artifact_contents where content_id = $1', [contentId]);
  // The row of what is attached is never removed: without one, all there can be is what arrived after somebody else's discarding.
  return rows.every(({ state }) => state === 'discarding');
}

export const forgetContent = (query: SqlQuery, contentId: string): Promise<unknown> =>
  query(`delete from artifact_contents where content_id = $1 and state = 'discarding'`, [contentId]);

/** Uploads that began so long ago that whoever began them is taken to be gone (bytes that arrive do not count), and removals that a crash or the store cut short. */
export const contentsToDiscard = async (query: SqlQuery, olderThanMs: number, limit = 50): Promise<ContentRow[]> =>
  (
    await query<Omit<ContentRow, 'tenant'> & Tenant>(
      `select ${columns} from artifact_contents
        where (state = 'uploading' and touched_at < clock_timestamp() - $1 * interval '1 millisecond')
           or (state = 'discarding' and touched_at < clock_timestamp() - interval '1 minute') order by touched_at limit $2`,
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
