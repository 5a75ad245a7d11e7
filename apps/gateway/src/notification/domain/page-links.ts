// Whoever is told of something is led to the page where it is looked at and dealt with. Paths below the gateway's public address.

export const approvalPage = (approvalId: string): string => `/approvals/${approvalId}`;

export const flowPage = (flowId: string, part?: 'artifacts' | 'readiness'): string => {
  const page = `/decommission/flow/${flowId}/data-migration`;
  if (part === undefined) return page;
  return part === 'readiness' ? `${page}?readiness=open` : `${page}?tab=${part}`;
};

export const jobPage = (jobId: string): string => `/decommission/jobs/${jobId}`;
export const systemPage = (systemId: string): string => `/decommission/systems?system=${systemId}`;
export const auditPage = '/decommission/audit';
export const notificationsPage = '/notifications';
export const preferencesPage = '/notifications/preferences';
