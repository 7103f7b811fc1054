import { ACCOUNTS, userId } from '../deployment/accounts';
import type { Deployment } from '../deployment/Deployment';
import { json, RESOURCE_NOT_FOUND } from './reply';
import { jobsOf } from './provisionerJobs';
import type { Route } from './Route';
import { Template, templatesOf } from './templates';

/**
 * Versions of templates: the active one of each, whose name tells the commit.
 *
 * @internal
 */
export const templateVersionsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/templateversions/{templateversion}',
    access: 'member',
    handle: ({ deployment, parameters }) => {
      const template = templatesOf(deployment).find(
        ({ active_version_id }) =>
          active_version_id === parameters.templateversion,
      );
      return template
        ? json(200, version(deployment, template))
        : RESOURCE_NOT_FOUND;
    },
  },
  {
    method: 'GET',
    path: '/api/v2/templates/{template}/versions',
    access: 'member',
    handle: ({ deployment, parameters }) => {
      const template = templatesOf(deployment).find(
        ({ id }) => id === parameters.template,
      );
      return template
        ? json(200, [version(deployment, template)])
        : RESOURCE_NOT_FOUND;
    },
  },
];

function version(deployment: Deployment, template: Template) {
  const { username, name } = ACCOUNTS.templateAdmin;
  const done = jobsOf(deployment).find(({ status }) => status === 'succeeded');
  return {
    id: template.active_version_id,
    template_id: template.id,
    organization_id: template.organization_id,
    created_at: template.created_at,
    updated_at: template.updated_at,
    name: template.active_version_name,
    message: 'Published from the main branch',
    job: {
      ...done,
      type: 'template_version_import',
      input: { template_version_id: template.active_version_id },
    },
    readme: '',
    created_by: {
      id: userId(deployment.id, username),
      username,
      name,
      avatar_url: '',
    },
    archived: false,
    warnings: [],
    matched_provisioners: {
      count: 1,
      available: 1,
      most_recently_seen: deployment.now.toISOString(),
    },
    has_external_agent: false,
  };
}
