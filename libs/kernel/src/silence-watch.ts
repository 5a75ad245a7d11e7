/** What is listened to, and for how long it may say nothing. */
export interface Silence {
  readonly inactivityMs: number;
  /** False while somebody else is waited for: that is no silence. */
  readonly waits?: () => boolean;
  /** Told once. */
  readonly onSilence: () => void;
}

/**
 * Tells when nothing was heard for `inactivityMs`. It counts looks and reads no clock: between two looks whatever arrived is heard, so neither
 * a process that stood still (a busy machine, a suspended one) nor a clock that jumped is taken for the other side's silence.
 */
export class SilenceWatch {
  private readonly timer: NodeJS.Timeout;
  private quietLooks = 0;

  constructor(private readonly silence: Silence) {
    const { inactivityMs } = silence;
    const lookEveryMs = Math.max(5, Math.min(1_000, inactivityMs / 4));
    this.timer = setInterval(() => this.look(Math.ceil(inactivityMs / lookEveryMs)), lookEveryMs);
  }

  heard(): void {
    this.quietLooks = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(enough: number): void {
    if (this.silence.waits?.() === false) return this.heard();
    // The first look may come right after something was heard.
    if (this.quietLooks++ < enough) return;
    this.stop();
    this.silence.onSilence();
  }
}
