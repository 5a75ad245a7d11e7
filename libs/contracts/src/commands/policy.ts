/** Creates the three standard policies of a tenant that has none. */
export class EnsureTenantPolicies {}
