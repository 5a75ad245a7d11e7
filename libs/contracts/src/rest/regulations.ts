import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, ValidateNested } from 'class-validator';
import { AdviseRetention } from '../commands/regulation.js';
import { RetentionConflict } from '../events/retention-conflict.js';

export class RegulationAnswer {
  @IsString()
  requirement: string;

  @IsIn(['minimum', 'maximum'])
  kind: 'minimum' | 'maximum';

  /** ISO 8601 duration; null where the text sets its limit in words. */
  @IsOptional()
  @IsString()
  duration?: string | null;

  @IsString()
  clause: string;

  /** What the text says, close to its own words. */
  @IsString()
  says: string;

  /** The records that it is about. */
  @IsArray()
  @IsString({ each: true })
  concerns: string[];

  /** Whether the number stands in the text, or is common practice; null when there is no number. */
  @IsOptional()
  @IsIn(['text', 'practice'])
  number_source?: 'text' | 'practice' | null;

  @IsString()
  note: string;

  @IsBoolean()
  yields_to_law: boolean;

  @IsBoolean()
  whole_system: boolean;
}

export class RegulationCatalogueAnswer {
  /** The edition of the catalogue. */
  @IsString()
  version: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RegulationAnswer)
  rules: RegulationAnswer[];
}

export class RetentionAdviceRequest extends AdviseRetention {}

/** How long data like this is to be kept, and why. */
export class RetentionAdviceAnswer {
  /** The edition of the catalogue that it rests on. */
  @IsString()
  version: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RegulationAnswer)
  minima: RegulationAnswer[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RegulationAnswer)
  maxima: RegulationAnswer[];

  /** Where a maximum meets a minimum: a person has to say which holds. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RetentionConflict)
  conflicts: RetentionConflict[];

  /** The period before any minimum lengthens it. */
  @IsInt()
  retention_period_days: number;

  /** Until when an archive that is made now would be kept. */
  @IsISO8601()
  retain_until_if_archived_now: string;

  /** Requirements that nobody named, but that speak of data like this. */
  @IsArray()
  @IsString({ each: true })
  consider: string[];

  @IsArray()
  @IsString({ each: true })
  explanation: string[];
}
