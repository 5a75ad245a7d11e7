const methods = {
  getItem(this: Record<string, string>, key: string): string | null {
    return this[key] ?? null;
  },
  setItem(this: Record<string, string>, key: string, value: string): void {
    this[key] = value;
  },
  removeItem(this: Record<string, string>, key: string): void {
    delete this[key];
  },
};

/** A browser's tab, as far as a session and its stream need one: nothing kept, and a network that can be told to come and go. */
export function emptyTab(): void {
  const network = new EventTarget();
  Object.defineProperty(globalThis, 'sessionStorage', { value: Object.create(methods) as object, configurable: true });
  Object.assign(globalThis, {
    addEventListener: network.addEventListener.bind(network),
    removeEventListener: network.removeEventListener.bind(network),
  });
}
