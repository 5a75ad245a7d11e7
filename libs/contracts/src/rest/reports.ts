import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsISO8601, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';

export const reportKinds = ['archival', 'attestation', 'recovery'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportFormats = ['pdf', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Rows of texts under named columns: what a person reads and a spreadsheet takes. */
export class ReportTable {
  @IsString()
  title: string;

  /** Sentences above the rows. */
  @IsArray()
  @IsString({ each: true })
  says: string[];

  @IsArray()
  @IsString({ each: true })
  columns: string[];

  /** Each as long as `columns`. */
  @IsArray()
  @IsArray({ each: true })
  rows: string[][];
}

/** A report of a flow as it stood at `generated_at`. */
export class ReportAnswer {
  @IsIn(reportKinds)
  kind: ReportKind;

  @IsString()
  title: string;

  @IsUUID()
  flow_id: string;

  @IsString()
  flow_name: string;

  @IsISO8601()
  generated_at: string;

  /** The first is the report's own; it is what the CSV holds. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReportTable)
  tables: ReportTable[];
}

export class ReportDownload {
  @IsIn(reportFormats)
  format: ReportFormat;

  /** Path from the root of the API's host. */
  @IsString()
  href: string;
}

/** A report that can be downloaded at any time, and whether it would already say of every system what it is for. */
export class FlowReport {
  @IsIn(reportKinds)
  kind: ReportKind;

  @IsString()
  title: string;

  @IsBoolean()
  complete: boolean;

  /** What is not in it yet, for a person; null when it is complete. */
  @IsOptional()
  @IsString()
  lacks: string | null;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReportDownload)
  downloads: ReportDownload[];
}

export class FlowReportsAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FlowReport)
  reports: FlowReport[];
}
