import fs from 'node:fs';

export interface CapturedOutput {
  readonly written: Buffer[];
  release(): void;
}

type Data = string | NodeJS.ArrayBufferView;
type WriteSync = (fd: number, data: Data, ...rest: unknown[]) => number;
type Write = (fd: number, data: Data, ...rest: unknown[]) => void;
type Written = (error: null, bytes: number, data: Data) => void;
type StreamWrite = typeof process.stderr.write;
const outputs = [1, 2];
const consoleMethods = ['debug', 'info', 'log', 'warn', 'error'] as const;

const bytesOf = (data: Data): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/**
 * Takes what this process would write to its output: the services' logs (written to the descriptor itself), the streams, and the console.
 * Nothing of it is shown while it is taken.
 */
export function captureOutput(): CapturedOutput {
  const written: Buffer[] = [];
  const undo: (() => void)[] = [];
  const replace = <T extends object, K extends keyof T>(owner: T, name: K, replacement: T[K]) => {
    const original = owner[name];
    owner[name] = replacement;
    undo.push(() => (owner[name] = original));
  };
  const [writeSync, write] = [fs.writeSync as WriteSync, fs.write as unknown as Write];
  replace(fs, 'writeSync', ((fd: number, data: Data, ...rest: unknown[]) => {
    if (!outputs.includes(fd)) return writeSync(fd, data, ...rest);
    const bytes = Buffer.from(bytesOf(data));
    return written.push(bytes) && bytes.length;
  }) as typeof fs.writeSync);
  replace(fs, 'write', ((fd: number, data: Data, ...rest: unknown[]) => {
    if (!outputs.includes(fd)) return write(fd, data, ...rest);
    const bytes = Buffer.from(bytesOf(data));
    written.push(bytes);
    setImmediate(() => (rest.at(-1) as Written)(null, bytes.length, data));
  }) as unknown as typeof fs.write);
  for (const stream of [process.stdout, process.stderr]) {
    replace(stream, 'write', ((chunk: string | Uint8Array) => written.push(Buffer.from(chunk)) > 0) as StreamWrite);
  }
  for (const method of consoleMethods) {
    replace(console, method, (...words: unknown[]) => void written.push(Buffer.from(words.map(String).join(' '))));
  }
  return { written, release: () => undo.splice(0).forEach((each) => each()) };
}
