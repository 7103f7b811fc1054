import { DATABASE_TYPES } from './databaseSchema';
import {
  type RequestChoice,
  requestChoices,
  type RequestOffer,
} from './requestChoices';

const OFFER: RequestOffer = {
  places: [
    { region: 'eu-west', cluster: 'shared-eu-west', title: 'Dublin' },
    { region: 'eu-west', cluster: 'retail-eu-west' },
    { region: 'us-east', cluster: 'shared-us-east' },
  ],
  policies: [],
  hosts: ['directory', 'gitlab'],
  units: [{ value: 'retail', title: 'Retail' }, { value: 'research' }],
};
const RETAIL = {
  businessUnit: 'retail',
  regions: ['eu-west', 'us-east'],
  clusters: ['retail-eu-west'],
  databases: ['rds', 'external'],
};

const values = (
  choose: RequestChoice,
  offer: Partial<RequestOffer> = {},
  answers: { businessUnit?: string; region?: string } = {},
) =>
  requestChoices(choose, { ...OFFER, ...offer }, answers)?.map(
    ({ value }) => value,
  );

describe('requestChoices', () => {
  it('offers the units of catalog and configuration once, by their names for people', () => {
    expect(
      requestChoices('businessUnit', {
        ...OFFER,
        policies: [RETAIL, { businessUnit: 'payments' }, { businessUnit: '*' }],
      }),
    ).toEqual([
      { value: 'retail', title: 'Retail' },
      { value: 'research' },
      { value: 'payments' },
    ]);
  });

  it('offers no unit that may ask for nothing', () => {
    expect(values('businessUnit', { policies: [RETAIL] })).toEqual(['retail']);
    expect(
      values('businessUnit', {
        policies: [{ ...RETAIL, maxDeployments: 0 }, { businessUnit: '*' }],
      }),
    ).toEqual(['research']);
  });

  it('offers each region once, and the clusters of the chosen one', () => {
    expect(values('region')).toEqual(['eu-west', 'us-east']);
    expect(requestChoices('cluster', OFFER, { region: 'eu-west' })).toEqual([
      { value: 'shared-eu-west', title: 'Dublin' },
      { value: 'retail-eu-west' },
    ]);
    expect(values('cluster')).toHaveLength(3);
    expect(values('cluster', {}, { region: 'ap-south' })).toEqual([]);
  });

  it('offers the configured places for files, whatever the unit is', () => {
    expect(values('host')).toEqual(['directory', 'gitlab']);
    expect(
      values('host', { policies: [RETAIL] }, { businessUnit: 'x' }),
    ).toEqual(['directory', 'gitlab']);
  });

  it('offers a unit only what it may ask for', () => {
    const policies = [RETAIL];
    const unit = { businessUnit: 'retail' };
    // The region without a cluster for it is no choice either
    expect(values('region', { policies }, unit)).toEqual(['eu-west']);
    expect(values('cluster', { policies }, unit)).toEqual(['retail-eu-west']);
    expect(values('database', { policies }, unit)).toEqual(['external', 'rds']);
  });

  it.each<RequestChoice>(['region', 'cluster', 'database'])(
    'offers no %s to a unit without an entry, and all before a unit is chosen',
    choose => {
      const policies = [RETAIL];
      expect(values(choose, { policies }, { businessUnit: 'x' })).toEqual([]);
      expect(values(choose, { policies })).toEqual(values(choose));
    },
  );

  it('takes what units may ask for where no places are configured', () => {
    const offer = { places: [], policies: [RETAIL] };
    const unit = { businessUnit: 'retail' };
    expect(values('region', offer, unit)).toEqual(['eu-west', 'us-east']);
    expect(values('cluster', offer, unit)).toEqual(['retail-eu-west']);
  });

  it('knows of no choice where nothing is configured, but for databases', () => {
    const nothing = { places: [], policies: [], units: [] };
    expect(values('businessUnit', nothing)).toBeUndefined();
    expect(values('region', nothing)).toBeUndefined();
    expect(values('cluster', nothing)).toBeUndefined();
    expect(values('database', nothing)).toEqual(DATABASE_TYPES);
    expect(
      values('businessUnit', {
        ...nothing,
        policies: [{ businessUnit: '*' }],
      }),
    ).toBeUndefined();
  });
});
