import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { complianceRequirements } from '../vocabulary.js';

/** Answers `RegulationCatalogue`. */
export class DescribeRegulations {}

export interface RegulationCatalogue {
  version: string;
  rules: RegulationEntry[];
}

/** One thing that a law or a standard says about how long data is kept. */
export interface RegulationEntry {
  requirement: string;
  kind: 'minimum' | 'maximum';
  duration: string | null;
  clause: string;
  says: string;
  concerns: string[];
  number_source: 'text' | 'practice' | null;
  note: string;
  yields_to_law: boolean;
  whole_system: boolean;
}

/** What the law says about data like this. Changes nothing. */
export class AdviseRetention {
  @IsArray()
  @IsIn(complianceRequirements, { each: true })
  @ArrayMaxSize(20)
  compliance_requirements: string[] = [];

  /** How the data is classified, or which types of data it is. */
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  @ArrayMaxSize(50)
  data_types: string[] = [];

  /** The period that somebody has in mind; the least that Lastcopy keeps anything, when it is absent. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(36_500)
  retention_period_days?: number | null;
}
