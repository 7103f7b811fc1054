import { toError } from '@backstage/errors';
import { parseDocument } from 'yaml';
import { z } from 'zod/v3';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { DeploymentInputError, type FieldProblem } from '../deployment/parse';
import { type DeploymentList, toDeployments } from './renderMany';

/** The largest text that is read: 500 deployments that say everything themselves have less. */
const MAX_LENGTH = 1024 * 1024;

/**
 * The most deployments that one list has.
 *
 * @public
 */
export const MAX_LISTED_DEPLOYMENTS = 500;

const fieldsOf = (what: string) =>
  z.record(z.unknown(), {
    required_error: `${what} is missing: write its fields below it`,
    invalid_type_error: `${what} must have fields, such as "displayName: North"`,
  });

const listSchema = z
  .object(
    {
      defaults: fieldsOf('defaults').nullish(),
      deployments: z
        .array(
          z
            .object(
              {
                name: z.string({
                  required_error:
                    'The name is missing: every deployment has one',
                  invalid_type_error:
                    'The name must be a text: put it in quotes',
                }),
                spec: fieldsOf('spec'),
              },
              {
                invalid_type_error:
                  'A deployment has the keys name and spec: write "- name: north"',
              },
            )
            .strict(),
          {
            required_error: 'deployments is missing: list them below it',
            invalid_type_error:
              'deployments must be a list: begin each with "-"',
          },
        )
        .min(1, 'deployments is empty: list at least one')
        .max(
          MAX_LISTED_DEPLOYMENTS,
          `A list has at most ${MAX_LISTED_DEPLOYMENTS} deployments: make several lists`,
        ),
    },
    { invalid_type_error: 'A list has the keys defaults and deployments' },
  )
  .strict();

/**
 * What somebody wrote as a list of deployments: the deployments when all is right, else every problem, with the
 * row, the name and the field that it is about.
 *
 * @public
 */
export type DeploymentListReading =
  | { deployments: CoderDeployment[]; problems?: undefined }
  | { deployments?: undefined; problems: string[] };

/**
 * Reads a list of deployments in YAML, with the keys `defaults` and `deployments`. Throws nothing.
 *
 * @public
 */
export function readDeploymentList(text: string): DeploymentListReading {
  const { data, problem } = parseYaml(text);
  if (problem !== undefined) {
    return { problems: [problem] };
  }
  const parsed = listSchema.safeParse(data);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map(({ path, message }) =>
        lineOf({ path: path.join('.'), message }, data),
      ),
    };
  }
  const { defaults, deployments } = parsed.data;
  const list: DeploymentList = { defaults: defaults ?? undefined, deployments };
  try {
    return { deployments: toDeployments(list) };
  } catch (error) {
    if (!(error instanceof DeploymentInputError)) {
      throw error;
    }
    return { problems: error.problems.map(each => lineOf(each, data)) };
  }
}

function parseYaml(
  text: string,
):
  { data: unknown; problem?: undefined } | { data?: unknown; problem: string } {
  if (text.length > MAX_LENGTH) {
    return { problem: 'The list is larger than 1 MiB: make several lists' };
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    return { problem: `The list is not valid YAML: ${error.message}` };
  }
  try {
    return { data: document.toJS({ maxAliasCount: 100 }) };
  } catch (failure) {
    return { problem: `The list cannot be read: ${toError(failure).message}` };
  }
}

/** `deployments.1.spec.users` is said as people count: row 2, with the name that stands there. */
function lineOf({ path, message }: FieldProblem, data: unknown): string {
  const [, index, field = ''] = /^deployments\.(\d+)\.?(.*)$/.exec(path) ?? [];
  const said = message.replace(/\bdeployments\.(\d+)/g, (_, other) =>
    rowOf(Number(other), data),
  );
  if (index === undefined) {
    return path ? `${path}: ${said}` : said;
  }
  const row = rowOf(Number(index), data);
  return field ? `${row}, ${field}: ${said}` : `${row}: ${said}`;
}

function rowOf(index: number, data: unknown): string {
  const { deployments } = data as { deployments: Array<{ name?: unknown }> };
  const name = deployments[index]?.name;
  return typeof name === 'string' && name !== ''
    ? `Row ${index + 1} (${name})`
    : `Row ${index + 1}`;
}
