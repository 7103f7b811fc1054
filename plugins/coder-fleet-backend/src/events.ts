import type { EventsService } from '@backstage/plugin-events-node';

/**
 * Topic of changes in the registry.
 *
 * @public
 */
export const DEPLOYMENTS_TOPIC = 'coder-fleet.deployments';

/**
 * What happened to which deployment. Only the registry counts: polls do not publish.
 *
 * @public
 */
export type DeploymentEvent = {
  name: string;
  change: 'registered' | 'updated' | 'removed';
};

/**
 * Tells others what happened.
 *
 * @internal
 */
export async function publishChange(
  events: EventsService,
  event: DeploymentEvent,
): Promise<void> {
  await events.publish({ topic: DEPLOYMENTS_TOPIC, eventPayload: event });
}
