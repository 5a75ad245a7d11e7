/** A fixed number of equal buffers, made on first use; whoever wants one more waits. */
export class BufferPool {
  private readonly free: Buffer[] = [];
  private readonly waiting: Array<(buffer: Buffer) => void> = [];
  private made = 0;

  constructor(
    readonly bufferBytes: number,
    private readonly count: number,
  ) {}

  async take(): Promise<Buffer> {
    const buffer = this.free.pop();
    if (buffer) return buffer;
    if (this.made < this.count) {
      this.made += 1;
      // not from Node's shared slab, and untouched pages cost nothing
      return Buffer.allocUnsafeSlow(this.bufferBytes);
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  give(buffer: Buffer): void {
    const next = this.waiting.shift();
    if (next) next(buffer);
    else this.free.push(buffer);
  }
}
