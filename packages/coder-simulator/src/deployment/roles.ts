/**
 * A site role. Every user is a member besides.
 *
 * @internal
 */
export type Role = 'owner' | 'auditor' | 'template-admin' | 'user-admin';

/** Resources that a user without a role may read, because they are the user's own or everybody's. */
const MEMBER: Readonly<Record<string, readonly string[]>> = {
  assign_role: ['read'],
  oauth2_app: ['read'],
  workspace_proxy: ['read'],
};

/**
 * What the built-in site roles may do besides, by resource; `*` is every action.
 * Source: Coder, coderd/rbac/roles.go. Jobs of provisioners belong to Template Admins, too, as the
 * handlers of daemons and jobs say.
 */
const PERMISSIONS: Readonly<
  Record<Role, Readonly<Record<string, readonly string[]>>>
> = {
  owner: { '*': ['*'] },
  auditor: {
    assign_org_role: ['read'],
    audit_log: ['read'],
    connection_log: ['read'],
    deployment_config: ['read'],
    deployment_stats: ['read'],
    group: ['read'],
    group_member: ['read'],
    organization: ['read'],
    organization_member: ['read'],
    template: ['read', 'view_insights'],
    user: ['read'],
  },
  'template-admin': {
    assign_org_role: ['read'],
    file: ['create', 'read'],
    group: ['read'],
    group_member: ['read'],
    organization: ['read'],
    organization_member: ['read'],
    provisioner_daemon: ['create', 'read', 'update', 'delete'],
    provisioner_jobs: ['read'],
    template: ['*'],
    user: ['read'],
    workspace: ['read'],
    workspace_dormant: ['read'],
  },
  'user-admin': {
    assign_org_role: ['assign', 'unassign', 'read'],
    assign_role: ['assign', 'unassign', 'read'],
    group: ['create', 'read', 'update', 'delete'],
    group_member: ['read'],
    idpsync_settings: ['read', 'update'],
    organization: ['read'],
    organization_member: ['create', 'read', 'update', 'delete'],
    user: [
      'create',
      'read',
      'update',
      'delete',
      'update_personal',
      'read_personal',
    ],
  },
};

/**
 * Whether somebody with these roles may do something to every object of a resource.
 *
 * @internal
 */
export function permits(
  roles: readonly Role[],
  action: string,
  resource: string,
): boolean {
  return [MEMBER, ...roles.map(role => PERMISSIONS[role])].some(granted =>
    [granted['*'], Object.hasOwn(granted, resource) ? granted[resource] : []]
      .flatMap(actions => actions ?? [])
      .some(granting => granting === '*' || granting === action),
  );
}
