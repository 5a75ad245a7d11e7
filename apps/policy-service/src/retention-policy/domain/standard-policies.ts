import type { RetentionPolicyDefined } from '@lastcopy/contracts';

export type PolicyTerms = Omit<RetentionPolicyDefined, 'policy_id' | 'version'>;

/** The three policies that every tenant begins with. Databases are proven by restoring them, business critical ones against the source itself. */
export const standardPolicies: readonly PolicyTerms[] = [
  {
    policy_name: 'Business Critical Data',
    description: 'Financial records, audit trails, and compliance data',
    retention_period_days: 2555,
    compliance_requirements: ['GDPR', 'SOX', 'HIPAA'],
    data_types: ['Financial Records', 'Audit Trails', 'Compliance Data'],
    storage_location: 's3://archive-bucket/business-critical/',
    encryption_required: true,
    verification_level: 'readable',
    database_verification_level: 'reconciled',
    legal_basis: ['SOX s. 802 and 17 CFR 210.2-06', '45 CFR 164.316(b)(2)(i)'],
    status: 'active',
  },
  {
    policy_name: 'Application Data',
    description: 'User data, application logs, and configuration files',
    retention_period_days: 1095,
    compliance_requirements: ['GDPR', 'CCPA'],
    data_types: ['User Data', 'Application Logs', 'Configuration Files'],
    storage_location: 's3://archive-bucket/application-data/',
    encryption_required: true,
    verification_level: 'readable',
    database_verification_level: 'restored',
    legal_basis: ['11 CCR 7101(a)'],
    status: 'active',
  },
  {
    policy_name: 'System Logs',
    description: 'Security logs, system events, and monitoring data',
    retention_period_days: 365,
    compliance_requirements: ['SOX', 'PCI-DSS'],
    data_types: ['Security Logs', 'System Events', 'Monitoring Data'],
    storage_location: 's3://archive-bucket/system-logs/',
    encryption_required: true,
    verification_level: 'readable',
    database_verification_level: 'restored',
    legal_basis: ['PCI DSS v4.0 requirement 10.5.1'],
    status: 'active',
  },
];
