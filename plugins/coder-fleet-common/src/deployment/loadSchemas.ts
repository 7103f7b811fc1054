import { z } from 'zod/v3';
import { WORKSPACE_GUIDANCE } from '../architecture/reference/workspaceGuidance';
import { misfit } from '../architecture/planWorkspaces';
import { loadOf } from '../architecture/sizing';
import { TIERS } from '../architecture/tiers';
import { deploymentFields as fields } from './fields';

/**
 * Share of users whose workspaces run at the same time, when the request does not say.
 * Source: CVA sizing tables, 600 running workspaces for 1,000 users.
 *
 * @public
 */
export const DEFAULT_ACTIVE_SHARE = 0.6;

/** @internal */
export const usersSchema = z
  .object({
    expected: fields.expectedUsers.describe(
      'People who will have an account, 1 to 10,000',
    ),
    activeShare: fields.activeShare
      .default(DEFAULT_ACTIVE_SHARE)
      .describe(
        'Share of the users whose workspaces run at the same time, above 0 and at most 1',
      ),
  })
  .passthrough();

const count = (what: string, min: number) =>
  z
    .number({ invalid_type_error: `${what} must be a number` })
    .int(`${what} must be a whole number`)
    .min(min, `${what} must be at least ${min}`);

const size = (what: string, min: number, max: number) =>
  z
    .number({
      required_error: `${what} is required`,
      invalid_type_error: `${what} must be a number`,
    })
    .min(min, `${what} must be at least ${min}`)
    .max(max, `${what} must be at most ${max}`);

const { agentVcpu, agentMemoryMB } = WORKSPACE_GUIDANCE;
/** Larger than any node, so that figures stay figures. */
const MAX_CPU = 1024;
const MAX_MEMORY_GIB = 32 * 1024;

const nodeShapeSchema = z
  .object({
    cpu: size('The CPU of a node', 1, MAX_CPU).describe('vCPU'),
    memoryGiB: size('The memory of a node', 1, MAX_MEMORY_GIB).describe(
      'Memory, in GiB',
    ),
  })
  .passthrough();

/** @internal */
export const workspacesSchema = z
  .object({
    running: count('The running workspaces', 1)
      .optional()
      .describe(
        'Workspaces of people that run at the same time; instead of users and active share',
      ),
    concurrentBuilds: count('The concurrent builds', 1)
      .optional()
      .describe(
        'Builds of people that run at the same time; instead of 10 % of the running workspaces',
      ),
    cpu: size('The CPU of a workspace', agentVcpu.value, MAX_CPU)
      .optional()
      .describe('vCPU of one workspace'),
    memoryGiB: size(
      'The memory of a workspace',
      agentMemoryMB.value / 1024,
      MAX_MEMORY_GIB,
    )
      .optional()
      .describe('Memory of one workspace, in GiB'),
    nodeShape: nodeShapeSchema
      .optional()
      .describe('The nodes that workspaces run on'),
  })
  .passthrough();

/** @internal */
export const aiSchema = z
  .object({
    agents: count('The AI agents', 0)
      .default(0)
      .describe(
        'AI agents at the same time, beside the people: each runs and builds a workspace',
      ),
    gateway: z
      .boolean({ invalid_type_error: 'The AI gateway is either true or false' })
      .default(false)
      .describe('Whether AI traffic goes through the AI gateway of Coder'),
  })
  .passthrough();

type Problem = { path: string[]; message: string };

/**
 * What no tier carries, each with the field that a person would change.
 *
 * @internal
 */
export function loadProblems(spec: {
  users: z.output<typeof usersSchema>;
  workspaces?: z.output<typeof workspacesSchema>;
  ai?: z.output<typeof aiSchema>;
}): Problem[] {
  const { users, workspaces, ai } = spec;
  const agents = ai?.agents ?? 0;
  const load = loadOf({
    users: users.expected,
    activeShare: users.activeShare,
    runningWorkspaces: workspaces?.running,
    concurrentBuilds: workspaces?.concurrentBuilds,
    agents,
  });
  const { limits } = TIERS[TIERS.length - 1];
  const check = (
    part: 'runningWorkspaces' | 'concurrentBuilds',
    asked: 'running' | 'concurrentBuilds',
  ): Problem[] => {
    if (load[part] <= limits[part]) {
      return [];
    }
    const byAgents = load[part] - agents <= limits[part];
    const byPeople =
      workspaces?.[asked] === undefined
        ? ['users', 'activeShare']
        : ['workspaces', asked];
    const what = part === 'runningWorkspaces' ? 'workspaces' : 'builds';
    return [
      {
        path: byAgents ? ['ai', 'agents'] : byPeople,
        message: `No validated architecture covers more than ${limits[
          part
        ].toLocaleString(
          'en',
        )} ${what} that run at the same time: split the users over several deployments`,
      },
    ];
  };
  const running = check('runningWorkspaces', 'running');
  // Builds follow from running workspaces unless they were asked for.
  const builds =
    running.length > 0 && workspaces?.concurrentBuilds === undefined
      ? []
      : check('concurrentBuilds', 'concurrentBuilds');
  const unfit = misfit(workspaces, TIERS[0]);
  return [
    ...running,
    ...builds,
    ...(unfit ? [{ path: ['workspaces'], message: unfit }] : []),
  ];
}
