import type { PlanOptions } from '../architecture/plan';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import {
  DeploymentInputError,
  FieldProblem,
  toDeployment,
} from '../deployment/parse';
import type { Artifact } from './artifact';
import { render } from './render';

/**
 * Folder of a deployment in a repository of many.
 *
 * @public
 */
export function deploymentFolder(name: string): string {
  return `deployments/${name}`;
}

/**
 * One deployment of a list: its name, and what its spec has that `defaults` do not, or has otherwise.
 *
 * @public
 */
export type DeploymentListItem = {
  name: string;
  spec: Record<string, unknown>;
};

/**
 * Many deployments in one list, as a provider of managed services keeps them: what all have alike stands
 * once, in `defaults`.
 *
 * @public
 */
export type DeploymentList = {
  defaults?: Record<string, unknown>;
  deployments: readonly DeploymentListItem[];
};

/**
 * Checks a list. What is wrong is told of all deployments at once. A field of a deployment replaces the
 * default of the same name whole. Throws a {@link DeploymentInputError}.
 *
 * @public
 */
export function toDeployments(list: DeploymentList): CoderDeployment[] {
  const { defaults = {}, deployments } = list;
  const problems: FieldProblem[] = [];
  const seen = new Map<string, string>();
  const claim = (what: string, value: string, path: string) => {
    const other = seen.get(`${what} ${value}`);
    if (other !== undefined) {
      problems.push({ path, message: `${value} is ${what} of ${other} too` });
    }
    seen.set(`${what} ${value}`, path);
  };
  const checked = deployments.flatMap(({ name, spec }, index) => {
    const path = `deployments.${index}`;
    try {
      const deployment = toDeployment({ name, spec: { ...defaults, ...spec } });
      claim('the name', deployment.metadata.name, path);
      claim('the access URL', deployment.spec.accessUrl, path);
      return [deployment];
    } catch (error) {
      if (!(error instanceof DeploymentInputError)) {
        throw error;
      }
      problems.push(
        ...error.problems.map(problem => ({
          path: `${path}.${problem.path}`,
          message: problem.message,
        })),
      );
      return [];
    }
  });
  if (problems.length > 0) {
    throw new DeploymentInputError(problems);
  }
  return checked;
}

/**
 * Renders many deployments into one repository, each into a folder of its own, with a lock of its own.
 * Throws an `InputError` when no validated architecture covers one of them.
 *
 * @public
 */
export function renderMany(
  deployments: readonly CoderDeployment[],
  options: PlanOptions = {},
): Artifact[] {
  return deployments.flatMap(deployment => {
    const folder = deploymentFolder(deployment.metadata.name);
    return render(deployment, options).map(({ path, content }) => ({
      path: `${folder}/${path}`,
      content,
    }));
  });
}
