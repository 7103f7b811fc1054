import {
  DATABASE_TYPES,
  DEPLOYMENT_FORM_FIELDS,
  fieldProblem,
  PUBLISH_HOSTS,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  FORM,
  PUBLISH_FIELDS,
  allProperties,
  formErrors,
  template,
} from './__testUtils__/template';

describe('template coder-deployment, form', () => {
  it('accepts a filled form', () => {
    expect(formErrors(FORM)).toEqual([]);
  });

  it('has the fields that are previewed, and its plan at the end of every step', () => {
    expect(
      allProperties()
        .filter(([, property]) => property['ui:field'] !== 'CoderFleetPlan')
        .map(([name]) => name)
        .filter((name, index, all) => all.indexOf(name) === index)
        .sort(),
    ).toEqual([...DEPLOYMENT_FORM_FIELDS, ...PUBLISH_FIELDS].sort());
    const lastOfPages = template.spec.parameters.map(
      ({ properties }) => Object.values(properties).pop() ?? {},
    );
    expect(lastOfPages.map(property => property['ui:field'])).toEqual(
      lastOfPages.map(() => 'CoderFleetPlan'),
    );
    expect(lastOfPages.map(({ 'ui:options': options }) => options)).toEqual(
      lastOfPages.map((_, page) =>
        page === lastOfPages.length - 1 ? { last: true } : undefined,
      ),
    );
  });

  it('has a default that is right for every field that has one', () => {
    const problems = allProperties().map(([name, property]) => {
      const field = property['ui:options']?.deploymentField;
      return field && property.default !== undefined
        ? { name, problem: fieldProblem(field, property.default) }
        : { name };
    });
    expect(problems.filter(({ problem }) => problem)).toEqual([]);
    const defaults = Object.fromEntries(
      allProperties()
        .filter(([, property]) => property.default !== undefined)
        .map(([name, property]) => [name, property.default]),
    );
    expect(formErrors({ ...FORM, ...defaults })).toEqual([]);
  });

  it('leaves no field to the server alone that can be checked while it is typed', () => {
    const checked = new Map(
      allProperties().map(([name, property]) => [
        name,
        property['ui:field'] === 'CoderFleetField'
          ? property['ui:options']?.deploymentField
          : undefined,
      ]),
    );
    expect(Object.fromEntries(checked)).toMatchObject({
      name: 'name',
      displayName: 'displayName',
      expectedUsers: 'expectedUsers',
      activeShare: 'activeShare',
      accessUrl: 'accessUrl',
      wildcardUrl: 'wildcardUrl',
      version: 'version',
      backupSchedule: 'cron',
    });
  });

  it('lets people choose what configuration and catalog offer', () => {
    const chosen = allProperties()
      .filter(([, property]) => property['ui:field'] === 'CoderFleetChoice')
      .map(([name, property]) => [name, property['ui:options']?.choose]);
    expect(Object.fromEntries(chosen)).toEqual({
      businessUnit: 'businessUnit',
      region: 'region',
      cluster: 'cluster',
      databaseType: 'database',
      publishTo: 'host',
    });
    const [, publishTo] = allProperties().find(
      ([name]) => name === 'publishTo',
    )!;
    expect(publishTo).toMatchObject({ enum: [...PUBLISH_HOSTS] });
    const [, database] = allProperties().find(
      ([name]) => name === 'databaseType',
    )!;
    expect(database).toMatchObject({ enum: [...DATABASE_TYPES] });
  });

  it('is never stricter than a deployment is', () => {
    const right: Record<string, unknown[]> = {
      name: ['a', 'a'.repeat(30), '0-9'],
      displayName: ['x'.repeat(64), '${{ 7*7 }}', "it's: #1"],
      accessUrl: ['https://a', 'https://a.example.com:8443/'],
      wildcardUrl: ['*.a.b', '*-x.a.b'],
      expectedUsers: [1, 10_000],
      activeShare: [0.001, 1],
      backupSchedule: ['*/5 * * * 1-5', '0 0 1 jan sun'],
      businessUnit: ['b'.repeat(63)],
      region: ['r'.repeat(40)],
      cluster: ['c'.repeat(63)],
    };
    for (const [name, values] of Object.entries(right)) {
      for (const value of values) {
        expect(formErrors({ ...FORM, [name]: value })).toEqual([]);
      }
    }
  });

  it.each([
    { expectedUsers: 0 },
    { expectedUsers: 10_001 },
    { activeShare: 1.1 },
    { accessUrl: 'http://aurora.example.com' },
    { edition: 'free' },
    { backupRetentionDays: 0 },
    { databaseType: 'external', databaseSecretName: 'Not A Secret' },
    { databaseType: 'built-in' },
    { databaseVersion: 12 },
    { exposure: 'gateway' },
    { exposure: 'ingress', certificate: 'cert-manager' },
    { backupDestination: 'rclone' },
    { delivery: 'flux' },
    { furtherRegions: [{ name: 'Not A Region', cluster: 'c' }] },
    { channel: 'nightly' },
    { publishTo: 'gitea' },
    { publishTo: 'github', publishAs: 'new' },
    { publishTo: 'azure' },
    {
      publishTo: 'azure',
      azureRepository: 'dev.azure.com?organization=a&project=b&repo=c',
    },
    {
      publishTo: 'gitlab',
      gitlabRepository: 'gitlab.com?owner=a&repo=b',
      publishAs: 'force',
    },
    { supportLinks: [{ name: 'X', target: 'ftp://x' }] },
    { name: undefined },
    { owner: undefined },
  ])('refuses %j', form => {
    const values = { ...FORM, ...form };
    expect(formErrors(JSON.parse(JSON.stringify(values)))).not.toEqual([]);
  });
});
