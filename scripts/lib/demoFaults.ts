import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CoderFleetClient,
  UpgradeRequest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { parse } from 'yaml';

const SEEN_TIMEOUT_MS = 90_000;
const SEEN_INTERVAL_MS = 500;

/** Faults of the simulator by deployment, as its control API takes them. */
export type DemoFaults = Record<string, Record<string, unknown>>;

/** Reads the faults of the demo; those without any are left out. */
export async function readDemoFaults(file: string): Promise<DemoFaults> {
  const content: { faults?: DemoFaults } = parse(await readFile(file, 'utf8'));
  return Object.fromEntries(
    Object.entries(content.faults ?? {}).filter(
      ([, faults]) => Object.keys(faults ?? {}).length > 0,
    ),
  );
}

/** Upgrades of the demo by deployment, as the portal's API takes them. */
export async function readDemoUpgrades(
  file: string,
): Promise<Record<string, UpgradeRequest>> {
  const content: { upgrades?: Record<string, UpgradeRequest> } = parse(
    await readFile(file, 'utf8'),
  );
  return content.upgrades ?? {};
}

/**
 * Gives a simulated deployment its faults, but not before the portal has seen it: one that never
 * answered would be `provisioning` and not `unreachable`. Coder renews its health every ten minutes only:
 * it is asked for a new report.
 */
export async function applyDemoFaults(options: {
  client: CoderFleetClient;
  token: string;
  controlUrl: string;
  name: string;
  faults: Record<string, unknown>;
}): Promise<void> {
  const { client, token, controlUrl, name, faults } = options;
  const deadline = Date.now() + SEEN_TIMEOUT_MS;
  while (!(await client.getDeployment(name, { token })).lastSeen) {
    if (Date.now() > deadline) {
      throw new Error(`${name} was not seen in time`);
    }
    await sleep(SEEN_INTERVAL_MS);
  }
  const response = await fetch(`${controlUrl}/deployments/${name}/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (!response.ok) {
    throw new Error(
      `The simulator did not take the faults of ${name}: ${response.status}`,
    );
  }
  await client.refresh(name, { token });
}
