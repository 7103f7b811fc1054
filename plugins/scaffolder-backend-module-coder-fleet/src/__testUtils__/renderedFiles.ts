import {
  ARTIFACT_PATHS,
  type CoderDeployment,
  formatLock,
  type Lock,
  parseLock,
  render,
  renderMany,
  sha256Hex,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * Rendered files by path.
 *
 * @internal
 */
export function filesOf(deployment: CoderDeployment): Record<string, string> {
  return Object.fromEntries(
    render(deployment).map(({ path, content }) => [path, content]),
  );
}

/**
 * Rendered files of many by path.
 *
 * @internal
 */
export function filesOfMany(
  deployments: CoderDeployment[],
): Record<string, string> {
  return Object.fromEntries(
    renderMany(deployments).map(({ path, content }) => [path, content]),
  );
}

/**
 * The lock of rendered files that lists other files as well.
 *
 * @internal
 */
export function lockWith(
  files: Record<string, string>,
  others: Record<string, string>,
): string {
  const lock = parseLock(files[ARTIFACT_PATHS.lock]) as Lock;
  const hashes = Object.entries(others).map(([path, text]) => [
    path,
    sha256Hex(text),
  ]);
  return formatLock({
    ...lock,
    artifacts: { ...lock.artifacts, ...Object.fromEntries(hashes) },
  });
}
