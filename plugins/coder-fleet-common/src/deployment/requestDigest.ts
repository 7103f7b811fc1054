import { sha256Hex } from '../artifacts/artifact';
import { canonicalJson } from './canonicalJson';
import type { CoderDeployment } from './DeploymentSpec';

/**
 * What stands for exactly this deployment: the SHA-256, in hexadecimal, of its canonical JSON. Deployments
 * that differ only in the order of keys have the same.
 *
 * @public
 */
export function requestDigest(deployment: CoderDeployment): string {
  return sha256Hex(canonicalJson(deployment));
}
