/** Words that several contracts share. */
export const approvalRoles = ['data_owner', 'compliance', 'legal'] as const;
export type ApprovalRole = (typeof approvalRoles)[number];

export const verificationLevels = ['stored', 'fixity', 'readable', 'restored', 'reconciled'] as const;
/** Each level includes the ones before it. */
export type VerificationLevel = (typeof verificationLevels)[number];

export const phases = ['decommission_planning', 'data_migration', 'system_shutdown'] as const;
export type Phase = (typeof phases)[number];

export const flowStatuses = [
  'initialized',
  'decommission_planning',
  'data_migration',
  'system_shutdown',
  'completed',
  'failed',
  'paused',
] as const;
export type FlowStatus = (typeof flowStatuses)[number];

export const jobStatuses = ['queued', 'in_progress', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const tlsModes = ['disable', 'require', 'verify-full'] as const;
/** `require` encrypts; `verify-full` also checks the server's certificate and name. */
export type TlsMode = (typeof tlsModes)[number];

export const sourceKinds = ['postgresql', 'directory'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const dataClassifications = [
  'PII',
  'PHI',
  'Financial',
  'User Data',
  'Application Logs',
  'Configuration Files',
  'Security Logs',
  'System Events',
  'Monitoring Data',
  'Public',
] as const;
export const complianceRequirements = ['GDPR', 'SOX', 'HIPAA', 'CCPA', 'PCI-DSS'] as const;

/** In the order in which they are tried, after a person's `override`. */
export const assignmentRules = ['explicit', 'sensitivity', 'compliance', 'default', 'override'] as const;
export type AssignmentRule = (typeof assignmentRules)[number];

export const conflictResolutions = ['keep_minimum', 'source_minimised'] as const;
/** `keep_minimum`: what the law demands to keep is kept that long. `source_minimised`: what no minimum covers was removed from the source. */
export type ConflictResolutionKind = (typeof conflictResolutions)[number];

export const errorClasses = ['domain', 'contract', 'transient', 'permanent', 'integrity'] as const;
export const alertSeverities = ['low', 'medium', 'high', 'critical'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];
