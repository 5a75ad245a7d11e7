import type { Command } from 'commander';
import { verificationLevels, type VerificationLevel } from '@lastcopy/contracts';
import { collect, given, oneOf, wholeNumber } from './flags.js';

export interface TermFlags {
  name?: string;
  description?: string;
  days?: number;
  location?: string;
  compliance?: string[];
  dataTypes?: string[];
  level?: VerificationLevel;
  databaseLevel?: VerificationLevel;
  legalBasis?: string[];
}
/** The fields of a policy that the flags name. */
export const termsOf = (flags: TermFlags) =>
  given({
    ...{ policy_name: flags.name, description: flags.description, retention_period_days: flags.days, storage_location: flags.location },
    ...{ compliance_requirements: flags.compliance, data_types: flags.dataTypes, legal_basis: flags.legalBasis },
    ...{ verification_level: flags.level, database_verification_level: flags.databaseLevel },
  });

export const withTermFlags = (command: Command): Command =>
  command
    .option('--description <text>')
    .option('--days <n>', 'how long archives are kept', wholeNumber('--days'))
    .option('--location <s3-url>', 's3://bucket/prefix/')
    .option('--compliance <name>', 'the requirements that it covers; may be repeated', collect)
    .option('--data-types <label>', 'may be repeated', collect)
    .option('--level <level>', 'how archives of files are proven', oneOf('--level', verificationLevels))
    .option('--database-level <level>', 'how archives of databases are proven', oneOf('--database-level', verificationLevels))
    .option('--legal-basis <text>', 'may be repeated', collect);
