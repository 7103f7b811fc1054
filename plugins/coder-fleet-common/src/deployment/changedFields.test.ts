import { deployment } from '../__testUtils__/deployments';
import { changedFields } from './changedFields';

it('names what differs, what came and what went', () => {
  const before = deployment({ note: { team: 'a', cost: 1 } });
  const after = deployment({
    users: { expected: 900 },
    wildcardUrl: undefined,
    regions: [{ name: 'us-east', cluster: 'us-1' }],
    note: { cost: 1, place: 'b' },
  });
  expect(changedFields(before, after)).toEqual([
    'spec.note.place',
    'spec.note.team',
    'spec.regions',
    'spec.users.expected',
    'spec.wildcardUrl',
  ]);
});

it('names nothing where nothing differs', () => {
  const regions = [{ name: 'eu-west', cluster: 'eu-west-1' }];
  const turned = [{ cluster: 'eu-west-1', name: 'eu-west' }];
  expect(
    changedFields(deployment({ regions }), deployment({ regions: turned })),
  ).toEqual([]);
});
