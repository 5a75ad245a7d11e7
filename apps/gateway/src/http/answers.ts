import type { StreamToken } from '@lastcopy/contracts';
import type { Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';

/** A page of a list: a bare array, with the total in X-Total-Count. */
export class Listed<T> {
  constructor(
    readonly items: T[],
    readonly total: number,
  ) {}

  /** The page of a list that is all there. */
  static pageOf<T>(all: readonly T[], { limit, offset }: Page): Listed<T> {
    return new Listed(all.slice(offset, offset + limit), all.length);
  }
}

/** Carried out, but the read model does not hold it yet: 202 with what to wait for. */
export class Pending {
  constructor(readonly token: StreamToken) {}
}

/** An answer with a secret: given once and never kept. The same request again is answered with `kept`. */
export class ShownOnce<T extends object> {
  constructor(
    readonly answer: T,
    readonly kept: object,
  ) {}
}

/** Waits until the caller can read what the call wrote, then answers with the view of it. */
export async function afterWrite<T>(gateway: Gateway, token: StreamToken | null, view: () => Promise<T>): Promise<T | Pending> {
  const held = await gateway.queries.holds(token, gateway.deps.config.READ_YOUR_WRITES_MS);
  return held || token === null ? view() : new Pending(token);
}
