/** What is about to be carried out; `operation` is the name of S3's API. */
export interface FaultPoint {
  readonly operation: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly accessKeyId: string;
}

/**
 * What goes wrong. `error`: refused, nothing done. `reset`: the connection breaks, nothing done. `lose-answer`: done, then the
 * connection breaks. `stall`: the answer stops after that many bytes of body and never goes on. `truncate`: the body ends
 * early without an error. `flip`: one bit of that byte of the body is wrong.
 */
export type Fault =
  | { readonly kind: 'error'; readonly code: 'InternalError' | 'SlowDown' | 'ServiceUnavailable' | 'RequestTimeout' | 'AccessDenied' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  | { readonly kind: 'flip'; readonly atByte: number };

/** Asked once a request, before it is carried out. */
export type FaultHook = (point: FaultPoint) => Fault | undefined | Promise<Fault | undefined>;

type BodyFault = Extract<Fault, { kind: 'stall' | 'truncate' | 'flip' }>;

const damaged = (fault: BodyFault, chunk: Buffer, offset: number): Buffer => {
  if (fault.kind !== 'flip') return chunk.subarray(0, Math.max(0, fault.afterBytes - offset));
  const at = fault.atByte - offset;
  if (at < 0 || at >= chunk.length) return chunk;
  const copy = Buffer.from(chunk);
  copy[at]! ^= 1;
  return copy;
};

/** The body with the fault in it. A stalled body goes on only when `released` resolves, and then ends. */
export async function* damagedBody(body: AsyncIterable<Buffer>, fault: BodyFault, released: Promise<void>): AsyncGenerator<Buffer> {
  let offset = 0;
  for await (const chunk of body) {
    const piece = damaged(fault, chunk, offset);
    offset += chunk.length;
    if (piece.length > 0) yield piece;
    if (fault.kind !== 'flip' && offset >= fault.afterBytes) break;
  }
  if (fault.kind === 'stall') await released;
}
