import type { Tenant } from '@lastcopy/contracts';

/** A secret that shows itself to nobody but the one who asks for it by `reveal()`: not to logs, JSON or inspection. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/** Where the passwords of sources are kept. Each tenant sees its own only. */
export interface SecretsProvider {
  /** Errors: SECRET_UNKNOWN, which names the reference and the place that was looked at, never a value. */
  read(tenant: Tenant, secretRef: string): Promise<Secret>;
}
