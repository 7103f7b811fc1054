import { isWithin, type Scope } from './scope';

const resource = {
  owner: 'group:default/retail',
  businessUnit: 'retail',
  region: 'eu-west',
};
const having = (property: 'owner' | 'businessUnit' | 'region', value: string) =>
  ({ property, values: [value] }) as const;
const retail = { property: 'businessUnit', values: ['retail', 'hr'] } as const;

describe('isWithin', () => {
  it.each<[Scope, boolean]>([
    ['all', true],
    ['none', false],
    [retail as never, true],
    [having('region', 'us-east') as never, false],
    [{ not: having('region', 'us-east') } as never, true],
    [{ anyOf: [having('region', 'us-east'), retail] } as never, true],
    [{ allOf: [having('region', 'us-east'), retail] } as never, false],
    [{ allOf: [retail, { not: having('owner', 'x') }] } as never, true],
  ])('in %j: %s', (scope, within) => {
    expect(isWithin(resource, scope)).toBe(within);
  });
});
