import type { Retention } from './object-store.js';

export interface MemoryVersion {
  readonly key: string;
  readonly versionId: string;
  readonly body: Buffer;
  readonly writtenAt: Date;
  retention?: Retention;
  legalHold: boolean;
}

export interface MemoryUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiatedAt: Date;
  readonly parts: Map<number, { etag: string; body: Buffer; sha256?: string }>;
}

/** One versioned bucket with Object Lock: versions per key, newest last. */
export class MemoryBucket {
  readonly versions = new Map<string, MemoryVersion[]>();
  readonly uploads = new Map<string, MemoryUpload>();

  newest(key: string): MemoryVersion | undefined {
    return this.versions.get(key)?.at(-1);
  }

  find(key: string, versionId: string | undefined): MemoryVersion | undefined {
    if (versionId === undefined) return this.newest(key);
    return this.versions.get(key)?.find((version) => version.versionId === versionId);
  }

  add(version: MemoryVersion): void {
    this.versions.set(version.key, [...(this.versions.get(version.key) ?? []), version]);
  }

  remove(key: string, versionId: string): void {
    const left = (this.versions.get(key) ?? []).filter((version) => version.versionId !== versionId);
    if (left.length > 0) this.versions.set(key, left);
    else this.versions.delete(key);
  }

  keysUnder(prefix: string): string[] {
    return [...this.versions.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}
