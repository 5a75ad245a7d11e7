import { IsInt, Max, Min } from 'class-validator';
import type { AnchoredHead } from '../events/anchor.js';

/** Reads the newest anchors back from the object store and checks what stands there. Answers `AnchorReading`. */
export class ReadAnchors {
  /** How many objects are read at most, the newest first. */
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number;
}

/** What one signed document in the object store says, its signature verified. */
export interface SignedAnchor {
  anchor_no: number;
  /** ISO 8601 */
  taken_at: string;
  heads: AnchoredHead[];
  previous_sha256: string | null;
  key: string;
  /** Of the object's bytes. */
  sha256: string;
}

/** What the object store holds, whatever any log says of it. */
export interface AnchorReading {
  /** False where no bucket for anchors is set: nothing was read. */
  anchored: boolean;
  /** Newest first. Those whose signature does not hold are not among them, they are faults. */
  anchors: SignedAnchor[];
  /** False when there are older ones that were not read. */
  complete: boolean;
  /** What is wrong, one sentence each: a signature, a chain, a lock, a replaced, deleted or missing object. */
  faults: string[];
}
