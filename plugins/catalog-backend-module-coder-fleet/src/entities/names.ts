import {
  DNS_LABEL_MAX_LENGTH,
  deriveName,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/** Type of the location that our entities say they come from: the registry of Coder Fleet. */
const LOCATION_TYPE = 'coder-fleet';

/**
 * Name of the Component that is a deployment's control plane.
 *
 * @internal
 */
export function controlPlaneName(deployment: string): string {
  return deriveName([deployment, 'control-plane']);
}

/**
 * Name of the Component that is a region's provisioners; without a region: those beside the control
 * plane, which keep their name when regions are added. The dot occurs neither in deployments nor in
 * regions, so that no two deployments can give the same name.
 *
 * @internal
 */
export function provisionersName(deployment: string, region?: string): string {
  const home = deriveName([deployment, 'provisioners']);
  return region === undefined
    ? home
    : `${home}.${deriveName([region], DNS_LABEL_MAX_LENGTH - home.length - 1)}`;
}

/**
 * The location that the entities of a deployment are managed by.
 *
 * @internal
 */
export function locationOf(deployment: string): string {
  return `${LOCATION_TYPE}:${deployment}`;
}

/**
 * References of the entities that a deployment can have whatever its plan says. They can be removed
 * without knowing what it was before.
 *
 * @internal
 */
export function fixedEntityRefs(deployment: string): string[] {
  return [
    `system:default/${deployment}`,
    `component:default/${controlPlaneName(deployment)}`,
    `component:default/${provisionersName(deployment)}`,
  ];
}
