import { deployment } from '../__testUtils__/deployments';
import { plan } from './plan';

const headroomOf = (spec: Record<string, unknown>) =>
  plan(deployment(spec)).headroom;

describe('headroom', () => {
  it.each<[string, Record<string, unknown>, string, number, number, string]>([
    [
      'users',
      { users: { expected: 800, activeShare: 0.3 } },
      'users',
      200,
      0.25,
      '2k',
    ],
    [
      'running workspaces',
      { users: { expected: 500 }, workspaces: { running: 550 } },
      'runningWorkspaces',
      50,
      0.0909,
      '2k',
    ],
    [
      'builds, brought by agents',
      { users: { expected: 500 }, ai: { agents: 20 } },
      'concurrentBuilds',
      10,
      0.2,
      '2k',
    ],
    [
      'nothing left',
      { users: { expected: 2000, activeShare: 0.1 } },
      'users',
      0,
      0,
      '3k',
    ],
  ])('names what ends first: %s', (_, spec, part, left, growth, next) => {
    const headroom = headroomOf(spec);
    expect(headroom.limitedBy.value).toBe(part);
    expect(headroom.left[headroom.limitedBy.value].value).toBe(left);
    expect(headroom.growth.value).toBe(growth);
    expect(headroom.nextTier?.value).toBe(next);
  });

  it('names no tier after the largest, and the plan says what to do', () => {
    const result = plan(deployment({ users: { expected: 9000 } }));
    expect(result.headroom.nextTier).toBeUndefined();
    expect(result.remarks).toEqual([
      expect.objectContaining({
        topic: 'largest-tier',
        text: expect.stringMatching(/No larger .* split the users/),
      }),
    ]);
  });

  it('says of the largest older tier that newer tables go on', () => {
    const result = plan(deployment({ users: { expected: 2500 } }), {
      generation: 'legacy',
    });
    expect(result.headroom.nextTier).toBeUndefined();
    expect(result.remarks.map(({ topic, value }) => [topic, value])).toEqual([
      ['largest-tier', 'no larger tier'],
      ['peak-requests', '≤ 550 a second'],
    ]);
    expect(result.remarks[0].text).toMatch(/those of 2026/);
  });
});
