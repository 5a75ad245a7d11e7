import { IsString, MaxLength, MinLength } from 'class-validator';
import type { ServiceName } from './services.js';

/** Asks a service to apply the parked events of a stream again, in their order. */
export class UnparkRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  subscription: string;

  @IsString()
  @MinLength(1)
  @MaxLength(500)
  stream_id: string;
}

export interface UnparkAnswer {
  applied: number;
  remaining: number;
  /** Why the first of the remaining was refused again, or why nothing was tried. */
  error: string | null;
}

export const unparkSubject = (service: ServiceName): string => `lastcopy.queries.${service}.Unpark`;
