import { deployment } from '../__testUtils__/deployments';
import type { CoderDeployment } from './DeploymentSpec';
import { parseDeployment } from './parse';
import { requestDigest } from './requestDigest';

const LINKS = [
  { name: 'Help', target: 'https://help.example.com' },
  { name: 'News', target: 'https://news.example.com' },
];

/** The same, every object's keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(turned);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, child]) => [key, turned(child)]),
      )
    : value;
}

it('does not depend on the order of keys, nor on a way through JSON and the parser', () => {
  const asked = deployment({ supportLinks: LINKS });
  const digest = requestDigest(asked);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  const other = turned(asked) as CoderDeployment;
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(asked));
  expect(requestDigest(other)).toBe(digest);
  const stored = JSON.parse(JSON.stringify(asked));
  expect(requestDigest(stored)).toBe(digest);
  expect(requestDigest(parseDeployment(stored))).toBe(digest);
});

it.each<[string, Record<string, unknown>]>([
  ['a figure', { users: { expected: 801 } }],
  ['the order of a list', { supportLinks: [...LINKS].reverse() }],
  ['a field that nothing here reads', { note: 'x' }],
])('is another one for %s', (_, spec) => {
  const asked = deployment({ supportLinks: LINKS });
  const other = deployment({ supportLinks: LINKS, ...spec });
  expect(requestDigest(other)).not.toBe(requestDigest(asked));
});

it('is another one for another name', () => {
  expect(requestDigest(deployment({}, 'borealis'))).not.toBe(
    requestDigest(deployment({}, 'aurora')),
  );
});
