import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  expiresAtMs: number;
}

const mostKept = 50_000;
/** What ends with the grant that it came of. A sign-in that is under way names its grant too, and goes on. */
const ofGrants = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

/** Sessions and codes of the development issuer, for as long as the process lives. Access tokens need no memory: they are signed. */
export function memoryAdapter(now: () => number = Date.now): new (model: string) => Adapter {
  const kept = new Map<string, Kept>();
  const find = (test: (payload: AdapterPayload) => boolean) =>
    [...kept.values()].find(({ payload, expiresAtMs }) => expiresAtMs > now() && test(payload))?.payload;
  const sweep = () => {
    for (const [key, { expiresAtMs }] of kept) if (expiresAtMs <= now() || kept.size > mostKept) kept.delete(key);
  };
  return class implements Adapter {
    constructor(private readonly model: string) {}

    async upsert(id: string, payload: AdapterPayload, expiresInS: number): Promise<void> {
      sweep();
      const expiresAtMs = Number.isFinite(expiresInS) ? now() + expiresInS * 1000 : Infinity;
      kept.set(this.key(id), { payload, expiresAtMs });
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      const found = kept.get(this.key(id));
      return found && found.expiresAtMs > now() ? found.payload : undefined;
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return find((payload) => payload.kind === this.model && payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return find((payload) => payload.kind === this.model && payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const found = kept.get(this.key(id));
      if (found) found.payload.consumed = Math.floor(now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.key(id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId && ofGrants.includes(payload.kind ?? '')) kept.delete(key);
    }

    private key(id: string): string {
      return `${this.model}:${id}`;
    }
  };
}
