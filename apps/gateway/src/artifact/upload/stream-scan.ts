/** Looks for fixed byte strings in a stream, across the borders of its chunks. Case does not matter. */
export class StreamScan {
  private tail = '';
  private readonly longest: number;

  constructor(private readonly patterns: readonly string[]) {
    this.longest = Math.max(...patterns.map(({ length }) => length));
  }

  /** The first pattern that the stream so far holds and that ends in this chunk; null when there is none. */
  found(chunk: Buffer): string | null {
    const text = this.tail + chunk.toString('latin1').toLowerCase();
    this.tail = text.slice(Math.max(0, text.length - this.longest + 1));
    return this.patterns.find((pattern) => text.includes(pattern)) ?? null;
  }
}
