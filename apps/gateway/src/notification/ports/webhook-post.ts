/** What came of one attempt. */
export interface WebhookOutcome {
  /** HTTP status; null when no answer came. */
  status: number | null;
  latencyMs: number;
  /** Null when the receiver took it. */
  error: string | null;
  /** What the receiver asked to wait for. */
  retryAfterMs: number;
}

export type WebhookPost = (url: string, headers: Record<string, string>, body: string) => Promise<WebhookOutcome>;
