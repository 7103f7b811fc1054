import {
  compareCoderVersions,
  parseCoderVersion,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Deployment } from '../deployment/Deployment';
import { externalUrl } from './buildInfo';
import { optionValue } from './deploymentConfig';
import { json } from './reply';
import type { Route } from './Route';

/** The newest stable release, which is what GitHub calls the latest one. */
const LATEST_STABLE = 'v2.36.5';

/**
 * Whether there is a newer stable release. Off by default, and then it says that the server is up to
 * date, whatever it runs.
 *
 * @internal
 */
export const updateCheckRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/updatecheck',
    access: 'anyone',
    handle: ({ deployment }) => json(200, updateCheck(deployment)),
  },
];

function updateCheck(deployment: Deployment) {
  const { version } = deployment;
  if (optionValue(deployment, 'CODER_UPDATE_CHECK') !== true) {
    return { current: true, version, url: externalUrl(version) };
  }
  return {
    current: isCurrent(version),
    version: LATEST_STABLE,
    url: `https://github.com/coder/coder/releases/tag/${LATEST_STABLE}`,
  };
}

/** Coder cuts off what follows the `-`, and so takes a pre-release for its release. */
function isCurrent(version: string): boolean {
  const own = parseCoderVersion(version.split(/[-+]/)[0]);
  const latest = parseCoderVersion(LATEST_STABLE);
  return Boolean(own && latest && compareCoderVersions(own, latest) >= 0);
}
