import type { Tenant } from '@lastcopy/contracts';
import type { EventStore } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { Logger } from '@lastcopy/platform';
import type { Principal } from '../sign-in/principal.js';

/** Somebody who has signed in for a tenant, as their last token described them. */
export interface Person {
  user_id: string;
  name: string;
  email: string | null;
  roles: string[];
  /** ISO 8601 UTC; null for a demo person who has not signed in yet. */
  last_seen_at: string | null;
}

/** How much older than this what is written about a person may be (they were seen since). */
const freshMs = 3_600_000;
/** More people than this at once are written a little more often. */
const mostRemembered = 10_000;

const columns = 'user_id, name, email, roles, last_seen_at';

interface Row extends Omit<Person, 'last_seen_at'> {
  last_seen_at: Date;
}
const personOf = (row: Row): Person => ({ ...row, last_seen_at: row.last_seen_at.toISOString() });

export interface DemoTenant {
  tenant: Tenant;
  people: readonly Omit<Person, 'last_seen_at'>[];
}

export interface PeopleParts {
  /** Asked for each time: the log exists only once the service has started. */
  store(): EventStore;
  clock: Clock;
  logger: Logger;
  /** People who are there before they ever signed in: the demo people of the demo tenant, in development. Null: nobody is. */
  demo: DemoTenant | null;
}

/** Who is who in a tenant: everybody whom an issuer's token has named. Machines are nobody here. */
export class People {
  /** What was written about whom, and when: a person is written anew when their token says something new, or after an hour. */
  private readonly written = new Map<string, { as: string; atMs: number }>();
  private readonly open = new Set<Promise<void>>();

  constructor(private readonly parts: PeopleParts) {}

  /** Notes that somebody signed in. Returns at once: no request waits for it, and none fails by it. */
  seen({ actor, tenant, email }: Principal): void {
    if (actor.service_account) return;
    const key = JSON.stringify([tenant.client_account_id, tenant.engagement_id, actor.user_id]);
    const as = JSON.stringify([actor.name, email, actor.roles]);
    const now = this.parts.clock.now();
    const before = this.written.get(key);
    if (before?.as === as && now.getTime() - before.atMs < freshMs) return;
    if (this.written.size >= mostRemembered) this.written.clear();
    this.written.set(key, { as, atMs: now.getTime() });
    const person = { ...{ user_id: actor.user_id, name: actor.name, email }, ...{ roles: actor.roles, last_seen_at: now.toISOString() } };
    const writing = this.write(tenant, person).catch((error: unknown) => {
      this.written.delete(key);
      this.parts.logger.warn({ err: error }, 'the directory of people could not be written; it is tried again at the next request');
    });
    this.open.add(writing);
    void writing.finally(() => this.open.delete(writing));
  }

  /** Null when nobody of that id has signed in for this tenant. Ids are compared to the letter. */
  async find(tenant: Tenant, userId: string): Promise<Person | null> {
    await this.settled();
    const [row] = await this.parts.store().within(tenant)<Row>(
      `select ${columns} from people where client_account_id = $1 and engagement_id = $2 and user_id = $3`,
      [tenant.client_account_id, tenant.engagement_id, userId],
    );
    return row ? personOf(row) : (this.demoPeople(tenant).find(({ user_id }) => user_id === userId) ?? null);
  }

  /** Everybody of a tenant who has the role, by name. */
  async withRole(tenant: Tenant, role: string): Promise<Person[]> {
    return (await this.all(tenant)).filter(({ roles }) => roles.includes(role));
  }

  /** Everybody of a tenant, by name. */
  async all(tenant: Tenant): Promise<Person[]> {
    await this.settled();
    const rows = await this.parts.store().within(tenant)<Row>(
      `select ${columns} from people where client_account_id = $1 and engagement_id = $2`,
      [tenant.client_account_id, tenant.engagement_id],
    );
    const known = new Set(rows.map(({ user_id }) => user_id));
    const found = [...rows.map(personOf), ...this.demoPeople(tenant).filter(({ user_id }) => !known.has(user_id))];
    return found.sort((a, b) => a.name.localeCompare(b.name) || (a.user_id < b.user_id ? -1 : 1));
  }

  /** Resolves when everything in hand is written. */
  async settled(): Promise<void> {
    await Promise.all(this.open);
  }

  private demoPeople({ client_account_id, engagement_id }: Tenant): Person[] {
    const { demo } = this.parts;
    if (demo?.tenant.client_account_id !== client_account_id || demo.tenant.engagement_id !== engagement_id) return [];
    return demo.people.map(({ user_id, name, email, roles }) => ({ user_id, name, email, roles, last_seen_at: null }));
  }

  private async write(tenant: Tenant, { user_id, name, email, roles, last_seen_at }: Person): Promise<void> {
    await this.parts.store().within(tenant)(
      `insert into people (client_account_id, engagement_id, user_id, name, email, roles, last_seen_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (client_account_id, engagement_id, user_id) do update
       set name = excluded.name, email = excluded.email, roles = excluded.roles, last_seen_at = excluded.last_seen_at
       where people.last_seen_at <= excluded.last_seen_at`,
      [tenant.client_account_id, tenant.engagement_id, user_id, name, email, roles, last_seen_at],
    );
  }
}
