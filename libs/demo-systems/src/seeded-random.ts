/** A small generator (sfc32) whose stream follows from its seed alone: demo data and fixtures are the same on every machine. */
export class SeededRandom {
  private state: [number, number, number, number];

  constructor(seed: number) {
    this.state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed >>> 0];
    for (let round = 0; round < 16; round += 1) this.uint32();
  }

  uint32(): number {
    let [a, b, c, d] = this.state;
    const result = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    this.state = [a, b, c, d];
    return result >>> 0;
  }

  /** Of 0 … below - 1. */
  below(limit: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.uint32() / 2 ** 32 < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.below(10)).join('');
  }

  bytes(sizeBytes: number): Buffer {
    const words = new Uint32Array(Math.ceil(sizeBytes / 4));
    for (let at = 0; at < words.length; at += 1) words[at] = this.uint32();
    return Buffer.from(words.buffer, 0, sizeBytes);
  }
}
