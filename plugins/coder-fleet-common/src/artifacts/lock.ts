import { z } from 'zod/v3';
import { CVA_GENERATION, CvaGeneration } from '../architecture/tiers';
import { ARTIFACT_PATHS, Artifact, sha256Hex } from './artifact';

/**
 * Version of the renderer. It changes whenever the same spec gives other bytes, and
 * `docs/renderer.md` says what that does to deployments that run.
 *
 * @public
 */
export const RENDERER_VERSION = '0.6.0';

const lockSchema = z
  .object({
    version: z.literal(1),
    renderer: z.string(),
    cvaGeneration: z.string(),
    specHash: z.string(),
    artifacts: z.record(z.string()),
  })
  .passthrough();

/**
 * `.coder-fleet/lock.json`: what was rendered, so that a hand edit is seen.
 *
 * @public
 */
export type Lock = {
  version: 1;
  renderer: string;
  cvaGeneration: string;
  /** SHA-256 of `coder-deployment.yaml`. */
  specHash: string;
  /** SHA-256 of each file by its path. */
  artifacts: Record<string, string>;
};

/**
 * Makes the lock of rendered files. `specHash` is the SHA-256 of `coder-deployment.yaml`.
 *
 * @public
 */
export function createLock(
  artifacts: readonly Artifact[],
  cvaGeneration: CvaGeneration = CVA_GENERATION,
): Lock {
  const hashes = Object.fromEntries(
    artifacts.map(({ path, content }) => [path, sha256Hex(content)]),
  );
  return {
    version: 1,
    renderer: RENDERER_VERSION,
    cvaGeneration,
    specHash: hashes[ARTIFACT_PATHS.deployment],
    artifacts: hashes,
  };
}

/**
 * Writes a lock: sorted keys, one line each.
 *
 * @public
 */
export function formatLock(lock: Lock): string {
  const artifacts = Object.fromEntries(
    Object.entries(lock.artifacts).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { version, renderer, cvaGeneration, specHash } = lock;
  return `${JSON.stringify(
    { version, renderer, cvaGeneration, specHash, artifacts },
    null,
    2,
  )}\n`;
}

/**
 * Reads a lock; `undefined` when it cannot be used.
 *
 * @public
 */
export function parseLock(text: string): Lock | undefined {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How files compare with a lock: paths that were changed, paths that are gone.
 *
 * @public
 */
export type LockDeviation = { edited: string[]; missing: string[] };

/**
 * Compares files with the lock that was written beside them. Files that the lock does not list do
 * not count.
 *
 * @public
 */
export function verifyArtifacts(
  files: ReadonlyMap<string, string>,
  lock: Lock,
): LockDeviation {
  const deviation: LockDeviation = { edited: [], missing: [] };
  for (const [path, hash] of Object.entries(lock.artifacts)) {
    const content = files.get(path);
    if (content === undefined) {
      deviation.missing.push(path);
    } else if (sha256Hex(content) !== hash) {
      deviation.edited.push(path);
    }
  }
  return deviation;
}
