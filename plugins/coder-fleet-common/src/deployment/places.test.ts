import { parsePlaces } from './places';

it('reads places, and needs none', () => {
  const places = [
    { region: 'eu-west', cluster: 'shared-eu-west', title: 'Dublin' },
    { region: 'eu-west', cluster: 'retail-eu-west' },
  ];
  expect(parsePlaces(places)).toEqual(places);
  expect(parsePlaces(undefined)).toEqual([]);
});

it.each([
  ['eu-west', /coderFleet\.places: Give a list of entries/],
  [[{ cluster: 'a' }], /coderFleet\.places\.0\.region: A region is required/],
  [
    [
      { region: 'a', cluster: 'a' },
      { region: 'EU West', cluster: 'b' },
    ],
    /coderFleet\.places\.1\.region: A region must be a DNS label/,
  ],
  [[{ region: 'a', cluster: 'B' }], /places\.0\.cluster: A cluster must be/],
  [[{ region: 'a', cluster: 'b', title: 7 }], /title: .*put it in quotes/],
  [[{ region: 'a', cluster: 'b', title: ' ' }], /title: .*leave it out/],
  [[{ region: 'a', cluster: 'b', zone: 'c' }], /places\.0: .*zone/],
  [
    [
      { region: 'a', cluster: 'b' },
      { region: 'c', cluster: 'b' },
    ],
    /the cluster "b" has more than one entry: keep the one/,
  ],
])('does not take %j for places', (config, message) => {
  expect(() => parsePlaces(config)).toThrow(message);
});
