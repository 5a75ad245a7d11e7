import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export const findingKinds = [
  'email',
  'phone',
  'card_number',
  'iban',
  'us_ssn',
  'de_tax_id',
  'es_dni',
  'it_codice_fiscale',
  'nl_bsn',
  'uk_nino',
  'fr_nir',
  'pl_pesel',
  'date_of_birth',
  'health_code',
  'health_record',
  'person_name',
  'postal_address',
  'salary',
  'bank_account',
  'user_account',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingMethods = ['name', 'value', 'both'] as const;
export type FindingMethod = (typeof findingMethods)[number];

/** What a look at a source found in one column, or in the files of one kind in one folder. Never a value of it. */
export class ClassificationFinding {
  /**
   * Which place: `t3.c5` is the fifth column of the third table looked at. Names of tables, columns and files are confidential or personal at
   * times, so no event carries them; the archive-service keeps what each place is called beside its log.
   */
  @Matches(/^t\d+\.c\d+$/)
  place: string;

  @IsIn(findingKinds)
  kind: FindingKind;

  /** What speaks for it: the name, the values, or both. */
  @IsIn(findingMethods)
  method: FindingMethod;

  /** Different values that were looked at, and how many of them are of this kind. */
  @IsInt()
  @Min(0)
  sampled: number;

  @IsInt()
  @Min(0)
  matched: number;

  /** 0 to 1. */
  @IsNumber()
  @Min(0)
  @Max(1)
  confidence: number;
}

/** How much of the source was looked at. */
export class SampledFigures {
  /** Tables, or groups of files. */
  @IsInt()
  containers: number;

  /** Tables or folders that could not be read, or not in time. */
  @IsInt()
  skipped: number;

  /** Columns, or groups of files of one kind. */
  @IsInt()
  elements: number;

  @IsInt()
  values: number;

  /** False when time or size ended the look before everything was sampled. */
  @IsBoolean()
  complete: boolean;
}

export class ClassificationFact {
  @IsUUID()
  suggestion_id: string;

  @IsUUID()
  system_id: string;
}

/** Someone asked for a look at the source; it goes on in the background. */
export class ClassificationRequested extends ClassificationFact {}

/** What the look suggests. Nothing follows from it until a person accepts it. */
export class ClassificationSuggested extends ClassificationFact {
  /** The version of the system's description whose source was looked at. */
  @IsInt()
  @Min(1)
  system_version: number;

  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  /** The surest first. */
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ClassificationFinding)
  findings: ClassificationFinding[];

  /** Findings that are not listed because there were too many. */
  @IsInt()
  @Min(0)
  findings_omitted: number;

  @IsDefined()
  @ValidateNested()
  @Type(() => SampledFigures)
  sampled: SampledFigures;

  @IsArray()
  @IsString({ each: true })
  explanation: string[];
}

/** The source could not be looked at. */
export class ClassificationFailed extends ClassificationFact {
  @IsString()
  code: string;

  @IsString()
  message: string;

  @IsString()
  hint: string;
}

/** A person accepted the suggestion, or what of it they thought right; SystemRevised follows when that changes the system. */
export class ClassificationAccepted extends ClassificationFact {
  @IsArray()
  @IsString({ each: true })
  data_classification: string[];

  @IsArray()
  @IsString({ each: true })
  compliance_requirements: string[];

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class ClassificationDismissed extends ClassificationFact {
  @IsString()
  reason: string;
}
