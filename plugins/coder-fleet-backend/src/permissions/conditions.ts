import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  deploymentResourceRef,
  isInBusinessUnit,
  isInRegion,
  isOwner,
} from './rules';

const exported = createConditionExports({
  resourceRef: deploymentResourceRef,
  rules: { isOwner, isInBusinessUnit, isInRegion },
});

/**
 * Conditions for a permission policy, for example
 * `coderFleetConditions.isOwner({ owners: user.info.ownershipEntityRefs })`.
 *
 * @public
 */
export const coderFleetConditions = exported.conditions;

/**
 * Makes a policy's conditional decision about deployments.
 *
 * @public
 */
export const createCoderFleetConditionalDecision =
  exported.createConditionalDecision;
