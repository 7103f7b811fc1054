/**
 * What an event says of a deployment.
 *
 * @internal
 */
export type DeploymentEvent = { name: string; removed: boolean };

/**
 * Reads the payload of an event; `undefined` when it names no deployment.
 *
 * @internal
 */
export function readDeploymentEvent(
  payload: unknown,
): DeploymentEvent | undefined {
  if (typeof payload !== 'object' || payload === null) {
    return undefined;
  }
  const { name, change } = payload as Record<string, unknown>;
  return typeof name === 'string' && name !== ''
    ? { name, removed: change === 'removed' }
    : undefined;
}
