import { createHash } from 'node:crypto';
import type { DeploymentConfig } from './DeploymentConfig';

/**
 * How much a deployment is used.
 *
 * @internal
 */
export type Activity = {
  users: { active: number; dormant: number; suspended: number };
  workspaces: {
    running: number;
    starting: number;
    pending: number;
    failed: number;
    stopped: number;
  };
};

/** A number from 0 to 1 that the same parts always give. */
function fraction(...parts: string[]): number {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  return digest.readUInt32BE(0) / 0xffff_ffff;
}

/**
 * The use of a deployment: always the same for one database and one size, and never more than it was
 * built for.
 *
 * @internal
 */
export function activityOf(id: string, config: DeploymentConfig): Activity {
  const between = (what: string, low: number, high: number) =>
    low + (high - low) * fraction(id, what);
  const active = Math.max(
    1,
    Math.floor(config.users * between('active', 0.4, 0.9)),
  );
  const running = Math.floor(
    active * config.activeShare * between('running', 0.5, 0.95),
  );
  const starting = Math.ceil(running * 0.02);
  const failed = Math.floor(active * 0.01);
  return {
    users: {
      active,
      dormant: Math.floor(active * 0.1),
      suspended: Math.floor(active * 0.02),
    },
    workspaces: {
      running,
      starting,
      pending: Math.floor(starting / 2),
      failed,
      stopped: Math.floor(active * 1.2) - running,
    },
  };
}
