export const permissions = ['decommission.read', 'decommission.write', 'decommission.execute', 'decommission.approve'] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['operator', 'data_owner', 'compliance', 'legal', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What each role may do: the only place that says so. docs/access.md shows it. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['decommission.read', 'decommission.write', 'decommission.execute'],
  data_owner: ['decommission.read', 'decommission.approve'],
  compliance: ['decommission.read', 'decommission.approve'],
  legal: ['decommission.read', 'decommission.approve'],
  auditor: ['decommission.read'],
};

export const isRole = (name: string): name is Role => Object.hasOwn(rolePermissions, name);

/** What people with these roles may do. A name that is no role of ours gives nothing. */
export const permissionsOfRoles = (names: readonly string[]): Set<Permission> =>
  new Set(names.flatMap((name) => (isRole(name) ? rolePermissions[name] : [])));
