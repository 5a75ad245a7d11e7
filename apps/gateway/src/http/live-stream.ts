import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import type { JobProgress } from '@lastcopy/contracts';
import type { Gateway } from '../gateway.js';
import type { StreamScope } from './stream-scopes.js';

const pollMs = 250;
const heartbeatMs = 15_000;
const pageSize = 200;
/** A client that is further behind reads everything anew instead. */
const mostMissed = 2_000;

/** One client's view of a scope as it happens. Events carry their position as id; progress carries none and may be missed. */
export class LiveStream {
  private readonly closed = new AbortController();

  constructor(
    private readonly gateway: Gateway,
    private readonly scope: StreamScope,
    private readonly response: Response,
  ) {}

  /** Runs until the client goes away. Without `lastEventId` it begins with what happens from now on. */
  async run(lastEventId: string | undefined): Promise<void> {
    const stop = () => this.closed.abort();
    this.response.on('close', stop);
    this.gateway.stopping.addEventListener('abort', stop);
    this.response
      .status(200)
      .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' });
    this.response.flushHeaders();
    const heartbeat = setInterval(() => this.write(': heartbeat\n\n'), heartbeatMs);
    const silence = this.gateway.progress.listen((tenant, progress) => this.tellProgress(tenant, progress));
    try {
      await this.follow(await this.start(lastEventId));
    } catch (error) {
      this.gateway.deps.logger.warn({ err: error, scope: this.scope.name }, 'a stream broke off; the client resumes it');
    } finally {
      clearInterval(heartbeat);
      silence();
      this.gateway.stopping.removeEventListener('abort', stop);
      this.response.end();
    }
  }

  /** Where to begin. The client is told to read everything anew when it is ahead of this log, or too far behind. */
  private async start(lastEventId: string | undefined): Promise<number> {
    const head = await this.gateway.queries.appliedThrough();
    const asked = Number(lastEventId);
    if (lastEventId === undefined) return this.hello(head);
    const missed = Number.isSafeInteger(asked) && asked >= 0 && asked <= head ? await this.countAfter(asked, head) : Infinity;
    if (missed <= mostMissed) return asked;
    this.write(`id: ${head}\nevent: resync\ndata: {}\n\n`);
    return head;
  }

  /** Gives the client a position to resume from even before anything happens. */
  private hello(head: number): number {
    this.write(`id: ${head}\nevent: hello\ndata: {}\n\n`);
    return head;
  }

  private async countAfter(afterSeq: number, throughSeq: number): Promise<number> {
    return (await this.scope.eventsAfter({ afterSeq, throughSeq, limit: mostMissed + 1 })).length;
  }

  /** Tells an event only once the read model holds it: a client that looks then sees it. */
  private async follow(from: number): Promise<void> {
    for (let afterSeq = from; !this.closed.signal.aborted;) {
      const throughSeq = await this.gateway.queries.appliedThrough();
      const events = throughSeq > afterSeq ? await this.scope.eventsAfter({ afterSeq, throughSeq, limit: pageSize }) : [];
      for (const event of events) {
        this.write(`id: ${event.log_seq}\nevent: ${event.type}\ndata: ${JSON.stringify(this.scope.told(event))}\n\n`);
      }
      afterSeq = events.length === pageSize ? events.at(-1)!.log_seq : Math.max(afterSeq, throughSeq);
      if (events.length < pageSize) await pause(pollMs, undefined, { signal: this.closed.signal }).catch(() => undefined);
    }
  }

  private tellProgress(tenant: string, progress: JobProgress): void {
    if (this.scope.holds(tenant, progress)) this.write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`);
  }

  private write(text: string): void {
    if (!this.response.writableEnded) this.response.write(text);
  }
}
