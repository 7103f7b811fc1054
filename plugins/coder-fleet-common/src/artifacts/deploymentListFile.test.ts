import { stringify } from 'yaml';
import { deploymentInput } from '../__testUtils__/deployments';
import { readDeploymentList } from './deploymentListFile';
import { toDeployments } from './renderMany';

const { spec } = deploymentInput();
const { accessUrl, displayName, ...defaults } = spec;
const item = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  spec: {
    displayName: name,
    accessUrl: `https://${name}.example.com`,
    ...more,
  },
});
const problems = (deployments: unknown) =>
  readDeploymentList(stringify({ defaults, deployments })).problems;

describe('readDeploymentList', () => {
  it('reads the deployments of a list', () => {
    const list = { defaults, deployments: [item('north'), item('south')] };
    expect(readDeploymentList(stringify(list))).toEqual({
      deployments: toDeployments(list),
    });
  });

  it('needs no defaults, and takes the ones that are left empty for none', () => {
    const text = stringify({
      defaults: null,
      deployments: [item('north', defaults)],
    });
    expect(readDeploymentList(text).deployments).toHaveLength(1);
  });

  it('names row, deployment and field of everything that is wrong', () => {
    expect(
      problems([
        item('north'),
        item('south', { users: { expected: 0 }, edition: 'gold' }),
        item('north', { accessUrl: 'https://other.example.com' }),
      ]),
    ).toEqual([
      expect.stringMatching(/^Row 2 \(south\), spec\.edition: /),
      'Row 2 (south), spec.users.expected: At least 1 user must be expected',
      'Row 3 (north): north is the name of Row 1 (north) too',
    ]);
  });

  it.each([
    [[{ spec: {} }], 'Row 1, name: The name is missing'],
    [[{ name: 7, spec: {} }], 'Row 1, name: The name must be a text'],
    [[{ name: 'a' }], 'Row 1 (a), spec: spec is missing'],
    [[{ name: 'a', spec: 'x' }], 'Row 1 (a), spec: spec must have fields'],
    [[{ name: 'a', spec: {}, edition: 'x' }], 'Row 1 (a): Unrecognized key'],
    [['a'], 'Row 1: A deployment has the keys name and spec'],
    [[], 'deployments: deployments is empty'],
    [undefined, 'deployments: deployments is missing'],
    ['north', 'deployments: deployments must be a list'],
    [
      Array.from({ length: 501 }, (_, index) => item(`d${index}`)),
      'deployments: A list has at most 500 deployments',
    ],
  ])('says of %j what to do', (deployments, message) => {
    expect(problems(deployments)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['', /A list has the keys defaults and deployments/],
    ['- a', /A list has the keys/],
    ['a: [', /not valid YAML/],
    ['x'.repeat(1024 * 1024 + 1), /larger than 1 MiB: make several/],
    [
      `a: &a [x]\nb: [${'*a, '.repeat(200)}]\ndeployments: []`,
      /The list cannot be read: /,
    ],
  ])('says of a text that is no list why', (text, message) => {
    expect(readDeploymentList(text).problems?.[0]).toMatch(message);
  });
});
