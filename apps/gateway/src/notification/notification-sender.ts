import { setTimeout as pause } from 'node:timers/promises';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { NotificationConfig } from './notification-config.js';
import type { Notifications } from './notifications.js';

/** Sends what is due, in the process that leads. What a crash leaves is still due at the next start. */
export class NotificationSender implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly deps: ServiceDeps<NotificationConfig>,
    private readonly notifications: Notifications,
  ) {}

  start(): void {
    const { notifications, stopping } = this;
    const mails = notifications.mailing ? [this.run('mails', () => notifications.mail(stopping.signal))] : [];
    this.running = Promise.all([...mails, this.run('webhooks', () => notifications.deliver(stopping.signal))]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.notifications.close();
  }

  /** Mails and webhooks do not wait for each other. */
  private async run(what: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if (this.deps.eventing.isLeader) await work();
      } catch (error) {
        this.deps.logger.warn({ err: error }, `${what} that are due cannot be sent; trying again`);
      }
      await pause(this.deps.config.NOTIFY_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
