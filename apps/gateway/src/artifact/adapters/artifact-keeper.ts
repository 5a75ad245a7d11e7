import { setTimeout as pause } from 'node:timers/promises';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { ArtifactParts } from '../artifact-parts.js';
import { lockContent } from '../commands/lock-artifact.js';
import { makeDueDocuments } from '../commands/make-documents.js';
import { discardContent } from '../commands/store-upload.js';
import { tellOfUnprotected } from '../commands/tell-of-unprotected.js';
import { contentsToDiscard, postponeLock, unlockedContents, type ContentRow } from '../content-rows.js';

/** A store that is restarted, or busy for a moment, alarms nobody. */
const roundsUntilAlert = 60;

export interface ArtifactKeeperOptions {
  intervalMs: number;
  /** An upload that began longer ago and is not attached is given up. */
  abandonedAfterMs: number;
}

/**
 * Carries on what a request or a crash left: protects contents that were attached, removes those that were not, and makes the documents
 * of the product. All of it stands in rows of the database, so a restart forgets none. Only the leader works.
 */
export class ArtifactKeeper implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: ServiceDeps,
    private readonly parts: ArtifactParts,
    private readonly options: ArtifactKeeperOptions,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      if (this.deps.eventing.isLeader) await this.round();
      await pause(this.options.intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async round(): Promise<void> {
    const { parts } = this;
    const { query } = parts.store;
    await this.attempt('documents of the product', () => makeDueDocuments(parts, this.stopping.signal));
    await this.attempt('retention of documents', async () => {
      for (const row of await unlockedContents(query)) await this.attempt('retention of a document', () => this.lock(row));
    });
    await this.attempt('removal of uploads', async () => {
      for (const row of await contentsToDiscard(query, this.options.abandonedAfterMs)) {
        await this.attempt('removal of an upload', () => discardContent(parts, row));
      }
    });
  }

  private async lock(row: ContentRow): Promise<void> {
    const { parts } = this;
    try {
      await lockContent(parts, row.tenant, row.artifact_id, row.content_id);
    } catch (error) {
      await tellOfUnprotected(parts, row, error, roundsUntilAlert * this.options.intervalMs);
      throw error;
    } finally {
      await postponeLock(parts.store.query, row.content_id);
    }
  }

  private async attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await work().catch((error: unknown) => this.deps.logger.warn({ err: error }, `${what}: tried again in the next round`));
  }
}
