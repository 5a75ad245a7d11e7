import { Type } from 'class-transformer';
import { IsDefined, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { ArchiveJobOrder } from './archive.js';

/**
 * Makes a system's archive again, as it is approved now. What was made before stays in the store for as long as it is locked.
 * Errors: NOT_FOUND, JOB_STATE (an attempt is under way), SOURCE_NOT_ALLOWED, STORE_DENIED, FLOW_SEALED.
 */
export class RearchiveSystem {
  @IsUUID()
  flow_id: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ArchiveJobOrder)
  order: ArchiveJobOrder;

  @Matches(/\S/, { message: 'reason must say why' })
  @MaxLength(2000)
  reason: string;
}
