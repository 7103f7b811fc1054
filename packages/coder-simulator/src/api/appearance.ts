import type { Deployment } from '../deployment/Deployment';
import type { SupportLink } from '../deployment/DeploymentConfig';
import { json, toJson } from './reply';
import type { Route } from './Route';

/** Shown when no links are set, or when the licence does not cover them. */
const DEFAULT_LINKS: readonly SupportLink[] = [
  { name: 'Documentation', target: 'https://coder.com/docs', icon: 'docs' },
  {
    name: 'Report a bug',
    target: 'https://github.com/coder/coder/issues/new',
    icon: 'bug',
  },
  {
    name: 'Join the Coder Discord',
    target: 'https://coder.com/chat',
    icon: 'chat',
  },
  {
    name: 'Star the Repo',
    target: 'https://github.com/coder/coder',
    icon: 'star',
  },
];

/**
 * Branding and support links. An OSS build answers with the defaults.
 *
 * @internal
 */
export const appearanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/appearance',
    access: 'member',
    handle: ({ deployment }) =>
      json(
        200,
        deployment.cached('appearance', () => toJson(appearance(deployment))),
      ),
  },
];

function appearance(deployment: Deployment) {
  const { supportLinks } = deployment.config;
  const own = deployment.licensed && supportLinks.length > 0;
  return {
    application_name: '',
    logo_url: '',
    docs_url: 'https://coder.com/docs',
    service_banner: { enabled: false },
    announcement_banners: [],
    support_links: own ? supportLinks : DEFAULT_LINKS,
  };
}
