/** Takes a block of plain bytes and how many entries (or lines) began in it; the promise is the back pressure. The block is the sink's to keep. */
export type BlockSink = (block: Buffer, entries: number) => Promise<void>;

/** Gathers bytes into blocks of one size; the last may be shorter. */
export class BlockCutter {
  private block: Buffer;
  private filled = 0;
  private entries = 0;

  constructor(
    private readonly sink: BlockSink,
    private readonly blockBytes: number,
  ) {
    this.block = Buffer.allocUnsafeSlow(blockBytes);
  }

  countEntry(): void {
    this.entries += 1;
  }

  async write(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const copied = chunk.copy(this.block, this.filled, at);
      at += copied;
      this.filled += copied;
      if (this.filled === this.blockBytes) await this.flush();
    }
  }

  /** Hands over what is gathered, if anything is. */
  async flush(): Promise<void> {
    if (this.filled === 0) return;
    const [block, entries] = [this.block.subarray(0, this.filled), this.entries];
    this.block = Buffer.allocUnsafeSlow(this.blockBytes);
    this.filled = 0;
    this.entries = 0;
    await this.sink(block, entries);
  }
}
