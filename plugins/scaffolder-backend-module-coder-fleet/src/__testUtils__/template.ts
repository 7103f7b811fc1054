import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type {
  DeploymentFieldName,
  RequestChoice,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { parse } from 'yaml';
import { schemaErrors } from './scaffolder';

/**
 * A field of the form.
 *
 * @internal
 */
export type Property = {
  title?: string;
  default?: unknown;
  'ui:field'?: string;
  'ui:options'?: {
    deploymentField?: DeploymentFieldName;
    choose?: RequestChoice;
  };
};

type Page = {
  title: string;
  required?: string[];
  properties: Record<string, Property>;
  dependencies?: Record<
    string,
    { oneOf: Array<{ properties: Record<string, Property> }> }
  >;
};

type Template = {
  metadata: { name: string; title: string };
  spec: {
    owner: string;
    parameters: Page[];
    steps: Array<{ id: string; action: string; input?: object }>;
    output: unknown;
  };
};

function readTemplate(name: string): Template {
  return parse(
    readFileSync(
      resolvePackagePath(
        '@coder-fleet/backstage-plugin-scaffolder-backend-module-coder-fleet',
        `../../templates/${name}/template.yaml`,
      ),
      'utf8',
    ),
  );
}

/**
 * The template for one deployment, as it is.
 *
 * @internal
 */
export const template = readTemplate('coder-deployment');

/**
 * The template for many deployments of one list, as it is.
 *
 * @internal
 */
export const listTemplate = readTemplate('coder-deployments');

/**
 * The answers that say where the files go: no deployment follows from them.
 *
 * @internal
 */
export const PUBLISH_FIELDS = [
  'publishTo',
  'publishAs',
  'githubRepository',
  'gitlabRepository',
  'azureRepository',
  'bitbucketCloudRepository',
];

/**
 * A form filled in rightly.
 *
 * @internal
 */
export const FORM = {
  name: 'aurora',
  displayName: 'Aurora',
  owner: 'group:default/team-retail',
  businessUnit: 'retail',
  edition: 'premium',
  expectedUsers: 800,
  activeShare: 0.5,
  region: 'eu-west',
  cluster: 'retail-eu-west',
  accessUrl: 'https://aurora.coder.localhost:7443',
  wildcardUrl: '*.aurora.coder.localhost',
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  databaseHighlyAvailable: true,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  supportLinks: [{ name: 'Docs', target: 'https://docs.example.com' }],
};

const pages = template.spec.parameters;

/**
 * Every field by name, those that depend on an answer too.
 *
 * @internal
 */
export function allProperties(): Array<[string, Property]> {
  return pages.flatMap(page => [
    ...Object.entries(page.properties),
    ...Object.values(page.dependencies ?? {}).flatMap(({ oneOf }) =>
      oneOf.flatMap(({ properties }) => Object.entries(properties)),
    ),
  ]);
}

/**
 * What the scaffolder says is wrong with a form.
 *
 * @internal
 */
export const formErrors = (
  form: Record<string, unknown>,
  { spec }: Template = template,
) => spec.parameters.flatMap(page => schemaErrors(form, page));
