import { Endpoint, canReach } from './canReach';
import type { NetworkPolicy } from './networkPolicy';

const policy = (
  spec: Partial<NetworkPolicy['spec']>,
  namespace = 'a',
): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec },
});

const pod = (
  namespace: string,
  labels: Record<string, string> = {},
): Endpoint => ({ kind: 'pod', namespace, labels, ports: { web: 8080 } });
const address = (ip: string): Endpoint => ({ kind: 'address', ip });
const http = { protocol: 'TCP', port: 8080 } as const;

function reachable(policies: NetworkPolicy[], from: Endpoint, to = pod('a')) {
  return canReach({ policies, from, to, flow: http }).reachable;
}

describe('canReach', () => {
  it.each<[string, boolean, NetworkPolicy[], Endpoint]>([
    ['no policy', true, [], pod('b')],
    ['a policy of another namespace', true, [policy({}, 'b')], pod('c')],
    [
      'a policy of the other direction only',
      true,
      [policy({ policyTypes: ['Egress'] })],
      pod('b'),
    ],
    ['a policy without rules', false, [policy({})], pod('b')],
    [
      'a policy on other pods',
      true,
      [policy({ podSelector: { matchLabels: { x: 'y' } } })],
      pod('b'),
    ],
    ['a rule without peers', true, [policy({ ingress: [{}] })], pod('b')],
    [
      'a pod selector means the own namespace',
      false,
      [policy({ ingress: [{ from: [{ podSelector: {} }] }] })],
      pod('b'),
    ],
    [
      'an empty namespace selector means all',
      true,
      [policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      pod('b'),
    ],
    [
      'a namespace by its name',
      true,
      [
        policy({
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchLabels: { 'kubernetes.io/metadata.name': 'b' },
                  },
                },
              ],
            },
          ],
        }),
      ],
      pod('b'),
    ],
    [
      'both selectors must match',
      false,
      [
        policy({
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {},
                  podSelector: { matchLabels: { x: 'y' } },
                },
              ],
            },
          ],
        }),
      ],
      pod('b'),
    ],
    [
      'a named port',
      true,
      [policy({ ingress: [{ ports: [{ port: 'web' }] }] })],
      pod('b'),
    ],
    [
      'another named port',
      false,
      [policy({ ingress: [{ ports: [{ port: 'ssh' }] }] })],
      pod('b'),
    ],
    [
      'a range of ports',
      true,
      [policy({ ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] })],
      pod('b'),
    ],
    [
      'another protocol',
      false,
      [policy({ ingress: [{ ports: [{ port: 8080, protocol: 'UDP' }] }] })],
      pod('b'),
    ],
    [
      'a block of addresses',
      true,
      [policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })],
      address('10.1.2.3'),
    ],
    [
      'an exception of it',
      false,
      [
        policy({
          ingress: [
            {
              from: [
                { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
              ],
            },
          ],
        }),
      ],
      address('10.1.2.3'),
    ],
    [
      'a block of the other family',
      false,
      [policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })],
      address('fd00::1'),
    ],
    [
      'an exception by IPv6',
      false,
      [
        policy({
          ingress: [
            { from: [{ ipBlock: { cidr: '::/0', except: ['fd00::1/128'] } }] },
          ],
        }),
      ],
      address('fd00:0:0::1'),
    ],
    [
      'the address beside an exception',
      true,
      [
        policy({
          ingress: [
            { from: [{ ipBlock: { cidr: '::/0', except: ['fd00::1/128'] } }] },
          ],
        }),
      ],
      address('fd00::2'),
    ],
    [
      'a pod in a block of addresses',
      true,
      [policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })],
      { ...pod('b'), ip: '10.1.2.3' } as Endpoint,
    ],
    [
      'a pod whose address is not known, in every block',
      false,
      [policy({ ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] })],
      pod('b'),
    ],
    [
      'every namespace but one',
      false,
      [
        policy({
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchExpressions: [
                      {
                        key: 'kubernetes.io/metadata.name',
                        operator: 'NotIn',
                        values: ['b'],
                      },
                    ],
                  },
                },
              ],
            },
          ],
        }),
      ],
      pod('b'),
    ],
    [
      'a selector of namespaces for an address',
      false,
      [policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      address('10.1.2.3'),
    ],
    [
      'two policies add up',
      true,
      [policy({}), policy({ ingress: [{}] })],
      pod('b'),
    ],
  ])('%s: %p', (_, expected, policies, from) => {
    expect(reachable(policies, from)).toBe(expected);
  });

  it.each<[string, boolean, Record<string, string>]>([
    ['In', true, { tier: 'web' }],
    ['In', false, { tier: 'db' }],
    ['NotIn', true, {}],
    ['NotIn', false, { tier: 'web' }],
    ['Exists', true, { tier: 'x' }],
    ['Exists', false, {}],
    ['DoesNotExist', true, {}],
    ['DoesNotExist', false, { tier: 'x' }],
  ])('understands %s: %p for %p', (operator, expected, labels) => {
    const selector = {
      matchExpressions: [
        { key: 'tier', operator: operator as 'In', values: ['web'] },
      ],
    };
    expect(
      reachable(
        [policy({ ingress: [{ from: [{ podSelector: selector }] }] })],
        pod('a', labels),
      ),
    ).toBe(expected);
  });

  it('asks both sides', () => {
    const egress = policy({ policyTypes: ['Egress'] }, 'b');
    expect(
      canReach({
        policies: [egress],
        from: pod('b'),
        to: pod('a'),
        flow: http,
      }),
    ).toEqual({ reachable: false, blockedBy: ['p'] });
  });
});
