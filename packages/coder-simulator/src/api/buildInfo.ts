import { createHash } from 'node:crypto';
import type { Deployment } from '../deployment/Deployment';
import { json, toJson } from './reply';
import type { Route } from './Route';

/**
 * Versions of the internal APIs. Source: Coder, v2.30.
 *
 * @internal
 */
export const PROVISIONER_API_VERSION = '1.15';
const AGENT_API_VERSION = '1.0';

/**
 * Identity and version.
 *
 * @internal
 */
export const buildInfoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/buildinfo',
    access: 'anyone',
    handle: ({ deployment }) =>
      json(
        200,
        deployment.cached('buildinfo', () => toJson(buildInfo(deployment))),
      ),
  },
];

/**
 * What a control plane tells of itself.
 *
 * @internal
 */
export function buildInfo(deployment: Deployment) {
  return {
    external_url: externalUrl(deployment.version),
    version: deployment.version,
    dashboard_url: deployment.config.accessUrl,
    telemetry: true,
    workspace_proxy: false,
    agent_api_version: AGENT_API_VERSION,
    provisioner_api_version: PROVISIONER_API_VERSION,
    upgrade_message: '',
    deployment_id: deployment.id,
    webpush_public_key: createHash('sha256')
      .update(deployment.id)
      .digest('base64url'),
  };
}

/**
 * Where the source of a build is.
 *
 * @internal
 */
export function externalUrl(version: string): string {
  const repository = 'https://github.com/coder/coder';
  const [, commit] = version.split('+');
  return commit ? `${repository}/commit/${commit}` : repository;
}
