import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

/** Verifies the winning archive of a job again. */
export class RequestVerification {
  @IsUUID()
  job_id: string;

  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}

/** Signs where every log ends and puts it under lock in the object store, now. Answers `LogAnchored`. */
export class TakeAnchor {}
