import { IsString, MaxLength, MinLength } from 'class-validator';
import { SystemChanges } from '../commands/system.js';

/** The fields to change, and why. Absent fields stay as they are. */
export class ReviseSystemRequest extends SystemChanges {
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason: string;
}
