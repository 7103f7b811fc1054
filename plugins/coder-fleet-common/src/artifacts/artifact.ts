import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/**
 * One rendered file: path in the repository, and text.
 *
 * @public
 */
export type Artifact = { path: string; content: string };

/**
 * Paths of the artifacts, relative to the root of the repository.
 *
 * @public
 */
export const ARTIFACT_PATHS = {
  deployment: 'coder-deployment.yaml',
  catalogInfo: 'catalog-info.yaml',
  readme: 'README.md',
  lock: '.coder-fleet/lock.json',
  controlPlaneValues: 'helm/control-plane/values.yaml',
  /** `place` is a region, or `<organization>.<region>`. */
  provisionersValues: (place: string) =>
    `helm/provisioners/${place}/values.yaml`,
  proxyValues: (region: string) => `helm/proxies/${region}/values.yaml`,
  observabilityValues: (cluster: string) =>
    `helm/observability/${cluster}/values.yaml`,
  logstreamValues: (region: string) => `helm/logstream/${region}/values.yaml`,
} as const;

/**
 * SHA-256 of a text, in hexadecimal.
 *
 * @public
 */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
