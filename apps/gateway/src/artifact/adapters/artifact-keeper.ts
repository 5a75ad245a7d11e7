import { setTimeout as pause } from 'node:timers/promises';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { ArtifactParts } from '../artifact-parts.js';
import { lockContent } from '../commands/lock-artifact.js';
import { makeDueDocuments } from '../commands/make-documents.js';
import { discardContent } from '../commands/store-upload.js';
import { contentsToDiscard, postponeLock, unlockedContents } from '../content-rows.js';

export interface ArtifactKeeperOptions {
  intervalMs: number;
  /** An upload that nothing happened to for longer is nobody's. */
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
      for (const { tenant, artifact_id, content_id } of await unlockedContents(query)) {
        await this.attempt('retention of a document', () =>
          lockContent(parts, tenant, artifact_id, content_id).finally(() => postponeLock(query, content_id)),
        );
      }
    });
    await this.attempt('removal of uploads', async () => {
      for (const row of await contentsToDiscard(query, this.options.abandonedAfterMs)) {
        await this.attempt('removal of an upload', () => discardContent(parts, row));
      }
    });
  }

  private async attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await work().catch((error: unknown) => this.deps.logger.warn({ err: error }, `${what}: tried again in the next round`));
  }
}
