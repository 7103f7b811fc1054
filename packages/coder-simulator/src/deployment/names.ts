/** Longest name of a deployment. */
const MAX_LENGTH = 30;

/**
 * Whether a name is a DNS label short enough to be a deployment's.
 *
 * @internal
 */
export function isDeploymentName(name: string): boolean {
  return (
    name.length <= MAX_LENGTH && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
  );
}
