import { InputError } from '@backstage/errors';
import { parseDocument } from 'yaml';
import { z } from 'zod/v3';
import {
  CoderDeployment,
  DEPLOYMENT_API_VERSION,
  DEPLOYMENT_KIND,
  coderDeploymentSchema,
} from './DeploymentSpec';

/**
 * One thing that is wrong with an input: where (`spec.users.expected`) and what.
 *
 * @public
 */
export type FieldProblem = { path: string; message: string };

/**
 * An `InputError` that knows which fields are wrong.
 *
 * @public
 */
export class DeploymentInputError extends InputError {
  /** Every field that is wrong. */
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super(
      problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join('; '),
    );
    this.problems = problems;
  }
}

/**
 * Checks a deployment that came as data (form, API). Throws a {@link DeploymentInputError}.
 *
 * @public
 */
export function parseDeployment(input: unknown): CoderDeployment {
  const parsed = coderDeploymentSchema.safeParse(input);
  if (!parsed.success) {
    throw new DeploymentInputError(problemsOf(parsed.error));
  }
  return parsed.data;
}

/**
 * Checks what a person asked for: a name and a spec. Throws a {@link DeploymentInputError}.
 *
 * @public
 */
export function toDeployment(options: {
  name: unknown;
  spec: unknown;
}): CoderDeployment {
  return parseDeployment({
    apiVersion: DEPLOYMENT_API_VERSION,
    kind: DEPLOYMENT_KIND,
    metadata: { name: options.name },
    spec: options.spec,
  });
}

/** The largest file that is read: a hand-written one has a few kilobytes. */
const MAX_FILE_LENGTH = 256 * 1024;

/**
 * Reads `coder-deployment.yaml`. Aliases are limited, so that a small file cannot grow large.
 * Throws a {@link DeploymentInputError}.
 *
 * @public
 */
export function parseDeploymentFile(text: string): CoderDeployment {
  if (text.length > MAX_FILE_LENGTH) {
    throw new DeploymentInputError([
      { path: '', message: 'The file is larger than 256 KiB' },
    ]);
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    throw new DeploymentInputError([
      { path: '', message: `The file is not valid YAML: ${error.message}` },
    ]);
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (failure) {
    throw new DeploymentInputError([
      { path: '', message: `The file cannot be read: ${String(failure)}` },
    ]);
  }
  return parseDeployment(data);
}

function problemsOf(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap(issue => {
    const nested =
      issue.code === 'invalid_union' ? closestBranch(issue.unionErrors) : [];
    return nested.length > 0
      ? nested
      : [{ path: issue.path.join('.'), message: issue.message }];
  });
}

/** Of a union, people mean the branch in which the fewest things are wrong. */
function closestBranch(errors: readonly z.ZodError[]): FieldProblem[] {
  const branches = errors.map(problemsOf);
  branches.sort((a, b) => a.length - b.length);
  return branches[0] ?? [];
}
