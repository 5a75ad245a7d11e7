import type { Problem } from '../api/problem.js';
import { forgetDrafts } from '../ui/use-draft.js';
import { refresh } from './oidc.js';
import { endsSession, pauseMs, renewalProblem, signedOut } from './renewal.js';
import { signInSettings } from './settings.js';

export interface Tenant {
  client_account_id: string;
  engagement_id: string;
}

/** Who worked in this tab, and where. */
export interface LastSeen {
  user_id: string;
  engagement_id: string;
}

/** What a sign-in left: kept for this tab alone, gone when it is closed. */
export interface SignedIn extends LastSeen {
  access_token: string;
  refresh_token?: string;
  /** Names the sign-in to the issuer when the person signs out. */
  id_token?: string;
  /** Milliseconds since 1970. */
  expires_at: number;
  client_account_id: string;
  engagement_ids: string[];
}

const storageKey = 'lastcopy.signed-in';
const lastSeenKey = 'lastcopy.last-seen';
const refreshBeforeMs = 60_000;

function stored<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Who is signed in in this tab. */
export class Session {
  private current = stored<SignedIn>(storageKey);
  private trouble: Problem | undefined;
  private refreshing: Promise<SignedIn> | undefined;
  private failures = 0;
  private askAgainAtMs = 0;
  private askingAgain: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  /** @param renew asks the issuer for a new access token */
  constructor(private readonly renew: (before: SignedIn) => Promise<SignedIn>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly get = (): SignedIn | undefined => this.current;

  /** Why nothing can be asked just now although the person is signed in; undefined while the token is good. */
  readonly getTrouble = (): Problem | undefined => this.trouble;

  /** Whose work this tab holds; known still when their sign-in has lapsed. */
  lastSeen(): LastSeen | undefined {
    return stored<LastSeen>(lastSeenKey) ?? this.current;
  }

  keep(signedIn: SignedIn): void {
    const { user_id, engagement_id } = signedIn;
    const last = this.lastSeen();
    if (last && (last.user_id !== user_id || last.engagement_id !== engagement_id)) forgetDrafts();
    sessionStorage.setItem(storageKey, JSON.stringify(signedIn));
    sessionStorage.setItem(lastSeenKey, JSON.stringify({ user_id, engagement_id } satisfies LastSeen));
    this.become(signedIn);
  }

  /** Nothing of the person stays in this tab. Answers what they were signed in with: the newest, where it is being renewed. */
  async forget(): Promise<SignedIn | undefined> {
    const [before, renewed] = [this.current, this.refreshing];
    forgetDrafts();
    sessionStorage.removeItem(lastSeenKey);
    this.lapse();
    return renewed?.catch(() => before) ?? before;
  }

  /** Begins anew in another engagement: nothing that was read or typed for one is shown in another. */
  chooseEngagement(engagement_id: string): void {
    if (!this.current) return;
    this.keep({ ...this.current, engagement_id });
    location.assign('/decommission');
  }

  /** A token that is still good, and the tenant it is used for. Throws UNAUTHENTICATED; ISSUER_UNREACHABLE while it cannot be renewed. */
  async credentials(): Promise<{ token: string; tenant: Tenant }> {
    if (!this.current) throw signedOut();
    const { access_token, client_account_id, engagement_id } = await this.fresh(this.current);
    if (!this.current) throw signedOut();
    return { token: access_token, tenant: { client_account_id, engagement_id } };
  }

  /** The gateway no longer takes the token: only a new sign-in helps. A signature that wants a newer sign-in is not that. */
  refused(response: Response): void {
    void response
      .clone()
      .json()
      .then((body: { code?: string }) => body.code === 'UNAUTHENTICATED' && this.lapse())
      .catch(() => undefined);
  }

  /** The sign-in is over. What the person typed waits for them, and for nobody else. */
  private lapse(): void {
    sessionStorage.removeItem(storageKey);
    this.become(undefined);
  }

  private become(signedIn: SignedIn | undefined): void {
    clearTimeout(this.askingAgain);
    [this.current, this.trouble, this.failures, this.askAgainAtMs] = [signedIn, undefined, 0, 0];
    for (const listener of this.listeners) listener();
  }

  private async fresh(before: SignedIn): Promise<SignedIn> {
    if (before.expires_at - Date.now() > refreshBeforeMs) return before;
    if (!before.refresh_token) {
      if (before.expires_at > Date.now()) return before;
      this.lapse();
      throw signedOut();
    }
    if (!this.refreshing && Date.now() < this.askAgainAtMs && (before.expires_at > Date.now() || this.trouble)) return this.still(before);
    return this.renewed(before);
  }

  /** Once for all who ask at the same time. */
  private renewed(before: SignedIn): Promise<SignedIn> {
    return (this.refreshing ??= this.refresh(before).finally(() => (this.refreshing = undefined)));
  }

  private async refresh(before: SignedIn): Promise<SignedIn> {
    try {
      const after = await this.renew(before);
      // Who signed out meanwhile stays signed out.
      if (this.current) this.keep({ ...after, engagement_id: this.current.engagement_id });
      return after;
    } catch (error) {
      if (!this.current) throw signedOut();
      if (endsSession(error)) {
        this.lapse();
        throw signedOut();
      }
      this.failed();
      return this.still(before, renewalProblem(error));
    }
  }

  /** The issuer is left alone for longer each time, and asked again even when no page asks for anything. */
  private failed(): void {
    const waitMs = pauseMs(++this.failures);
    this.askAgainAtMs = Date.now() + waitMs;
    clearTimeout(this.askingAgain);
    this.askingAgain = setTimeout(() => this.askAgain(), waitMs);
  }

  /** The pause is over whatever the clock says, which may run a millisecond behind the timer or have been set back. */
  private askAgain(): void {
    if (this.current?.refresh_token) this.renewed(this.current).catch(() => undefined);
  }

  /** The token as long as it is good; then the reason why there is no other yet. */
  private still(before: SignedIn, problem = this.trouble): SignedIn {
    if (before.expires_at > Date.now() || !problem) return before;
    if (this.trouble?.message !== problem.message) {
      this.trouble = problem;
      for (const listener of this.listeners) listener();
    }
    throw this.trouble;
  }
}

export const session = new Session(async (before) => refresh(await signInSettings(), before));
