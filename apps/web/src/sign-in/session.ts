import { Problem } from '../api/problem.js';
import { refresh } from './oidc.js';
import { forgetDrafts } from '../ui/use-draft.js';
import { signInSettings } from './settings.js';

export interface Tenant {
  client_account_id: string;
  engagement_id: string;
}

/** What a sign-in left: kept for this tab alone, gone when it is closed. */
export interface SignedIn {
  access_token: string;
  refresh_token?: string;
  /** Milliseconds since 1970. */
  expires_at: number;
  user_id: string;
  client_account_id: string;
  engagement_ids: string[];
  engagement_id: string;
}

const storageKey = 'lastcopy.signed-in';
const refreshBeforeMs = 60_000;

const signedOut = () =>
  new Problem({
    title: 'You are signed out',
    status: 401,
    detail: 'Sign in to go on; you come back to this page.',
    code: 'UNAUTHENTICATED',
  });

function stored(): SignedIn | undefined {
  try {
    const text = sessionStorage.getItem(storageKey);
    return text ? (JSON.parse(text) as SignedIn) : undefined;
  } catch {
    return undefined;
  }
}

/** Who is signed in in this tab. */
class Session {
  private current = stored();
  private refreshing: Promise<SignedIn> | undefined;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly get = (): SignedIn | undefined => this.current;

  keep(signedIn: SignedIn): void {
    this.current = signedIn;
    sessionStorage.setItem(storageKey, JSON.stringify(signedIn));
    this.tell();
  }

  forget(): void {
    forgetDrafts();
    this.current = undefined;
    sessionStorage.removeItem(storageKey);
    this.tell();
  }

  /** Begins anew in another engagement: nothing that was read or typed for one is shown in another. */
  chooseEngagement(engagement_id: string): void {
    if (!this.current) return;
    forgetDrafts();
    this.keep({ ...this.current, engagement_id });
    location.assign('/decommission');
  }

  /** A token that is still good, and the tenant it is used for. Throws UNAUTHENTICATED. */
  async credentials(): Promise<{ token: string; tenant: Tenant }> {
    if (!this.current) throw signedOut();
    const { access_token, client_account_id, engagement_id } = await this.fresh(this.current);
    return { token: access_token, tenant: { client_account_id, engagement_id } };
  }

  /** The gateway no longer takes the token: only a new sign-in helps. A signature that wants a newer sign-in is not that. */
  refused(response: Response): void {
    void response
      .clone()
      .json()
      .then((body: { code?: string }) => body.code === 'UNAUTHENTICATED' && this.forget())
      .catch(() => undefined);
  }

  private async fresh(before: SignedIn): Promise<SignedIn> {
    if (before.expires_at - Date.now() > refreshBeforeMs) return before;
    if (!before.refresh_token) {
      if (before.expires_at > Date.now()) return before;
      this.forget();
      throw signedOut();
    }
    this.refreshing ??= this.refresh(before).finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async refresh(before: SignedIn): Promise<SignedIn> {
    try {
      const after = await refresh(await signInSettings(), before);
      this.keep(after);
      return after;
    } catch (error) {
      if (before.expires_at > Date.now()) return before;
      if (error instanceof TypeError || error instanceof Problem) throw error;
      this.forget();
      throw signedOut();
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const session = new Session();
