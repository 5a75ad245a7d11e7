/** The services that own an event log. The name is also the CloudEvents source and the queue group of its commands. */
export const serviceNames = ['policy-service', 'archive-service', 'integrity-service', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Who owns which aggregate: only the owner appends to and publishes its streams. */
export const aggregateOwners = {
  decommission_flow: 'gateway',
  approval: 'gateway',
  artifact: 'gateway',
  gateway_alert: 'gateway',
  retention_policy: 'policy-service',
  policy_assignment: 'policy-service',
  legal_hold: 'policy-service',
  policy_seal: 'policy-service',
  policy_alert: 'policy-service',
  system: 'archive-service',
  archive_job: 'archive-service',
  archive_hold: 'archive-service',
  archive_seal: 'archive-service',
  archive_alert: 'archive-service',
  verification: 'integrity-service',
  log_anchor: 'integrity-service',
  integrity_seal: 'integrity-service',
  integrity_alert: 'integrity-service',
} as const satisfies Record<string, ServiceName>;
export type AggregateName = keyof typeof aggregateOwners;

/** The aggregates of one service. */
export const aggregatesOf = (service: ServiceName): AggregateName[] =>
  (Object.keys(aggregateOwners) as AggregateName[]).filter((aggregate) => aggregateOwners[aggregate] === service);

export const sealAggregates = {
  'policy-service': 'policy_seal',
  'archive-service': 'archive_seal',
  'integrity-service': 'integrity_seal',
} as const;
/** The services that must seal a flow before its transition is decided. */
export type SealingService = keyof typeof sealAggregates;

export const alertAggregates = {
  gateway: 'gateway_alert',
  'policy-service': 'policy_alert',
  'archive-service': 'archive_alert',
  'integrity-service': 'integrity_alert',
} as const satisfies Record<ServiceName, AggregateName>;
