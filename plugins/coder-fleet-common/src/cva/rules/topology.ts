import { tierByName } from '../../architecture/sizing';
import { conclude, expect } from '../conclude';
import { declared, envValue, REPOSITORY } from '../declared';
import { LINKS } from '../links';
import type { Rule } from '../rule';

/**
 * Replicas below which the control plane is not available while one of them restarts.
 * Source: Coder docs, scale Coder.
 */
const MIN_REPLICAS = 3;

/** From here on larger pods are better than more. Source: Coder docs, scale Coder. */
const VERTICAL_FROM = 10;

/** Label of a node's zone. Source: Kubernetes docs, well-known labels. */
const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** Default of coder.replicaCount. */
const CHART_REPLICAS = 1;

/** The release that the chart's own anti-affinity names. */
const CHART_INSTANCE = 'coder';

const replicas: Rule = {
  id: 'CVA-TOP-001',
  chapter: 'topology',
  title: 'The control plane has at least three replicas',
  origin: 'cva',
  severity: 'high',
  rationale:
    'With fewer, a restart or the loss of a node interrupts dashboards and connections.',
  remediation:
    'Set coder.replicaCount to the figure of the plan; more than one replica needs a Premium licence.',
  url: LINKS.highAvailability,
  needs: [
    'spec.plan',
    REPOSITORY,
    'coderApi.replicas',
    'coderApi.entitlements',
  ],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const notEntitled = look.unlessEntitled('high_availability');
    if (notEntitled) {
      return notEntitled;
    }
    const tier = tierByName(look.plan.tier.value, look.plan.cvaGeneration);
    const wanted = Math.max(MIN_REPLICAS, tier.controlPlane.replicas);
    const enough = (count: number) => ({
      seen: String(count),
      wanted: `at least ${wanted}`,
    });
    return conclude(
      [
        ...declared(look, ({ coder }) => {
          const count = coder?.replicaCount ?? CHART_REPLICAS;
          return expect(count >= wanted, {
            fact: REPOSITORY,
            subject: 'replicas in the Helm values',
            ...enough(count),
          });
        }),
        ...look.running('coderApi.replicas', ({ healthy }) => [
          expect(healthy >= wanted, {
            fact: 'coderApi.replicas',
            subject: 'healthy replicas',
            ...enough(healthy),
          }),
        ]),
      ],
      `At least ${wanted} replicas`,
    );
  },
};

const ownCluster: Rule = {
  id: 'CVA-TOP-002',
  chapter: 'topology',
  title: 'Coder has a cluster of its own',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Workspaces are development workloads: beside production applications each endangers the other.',
  remediation:
    'Move Coder to a cluster without production applications, then attest it on the CVA tab.',
  url: LINKS.cvaCluster,
  needs: ['attestations.statements'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude([look.attested('own-cluster')], 'It has a cluster of its own'),
};

const proxiesEverywhere: Rule = {
  id: 'CVA-TOP-003',
  chapter: 'topology',
  title: 'Each region with workspaces but the first has a workspace proxy',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Without a proxy nearby, every keystroke travels to the region of the control plane and back.',
  remediation:
    'Give the region a proxy in the deployment file and install its release; proxies need a Premium licence.',
  url: LINKS.workspaceProxies,
  needs: [
    'spec.deployment',
    'spec.plan',
    REPOSITORY,
    'coderApi.workspaceProxies',
    'coderApi.entitlements',
  ],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const others = look.spec.regions.slice(1).map(({ name }) => name);
    if (others.length === 0) {
      return {
        verdict: 'skip',
        message: 'It has workspaces in one region only',
        evidence: [
          {
            fact: 'spec.deployment',
            subject: 'regions',
            verdict: 'pass',
            seen: look.spec.regions.map(({ name }) => name).join(', '),
          },
        ],
      };
    }
    const notEntitled = look.unlessEntitled('workspace_proxy');
    if (notEntitled) {
      return notEntitled;
    }
    return conclude(
      [
        ...declared(look, (_, { proxies }) =>
          others.map(region =>
            expect(Object.hasOwn(proxies, region), {
              fact: REPOSITORY,
              subject: `proxy in ${region}`,
              seen: Object.hasOwn(proxies, region) ? 'declared' : 'none',
              wanted: 'one',
            }),
          ),
        ),
        ...look.running('coderApi.workspaceProxies', proxies => {
          const well = proxies.filter(({ status }) => status === 'ok');
          const ill = proxies.filter(({ status }) => status !== 'ok');
          return [
            expect(well.length >= others.length, {
              fact: 'coderApi.workspaceProxies',
              subject: 'proxies that the control plane reaches',
              seen:
                ill.length > 0
                  ? `${well.length}; ${ill
                      .map(({ name, status }) => `${name} is ${status}`)
                      .join(', ')}`
                  : String(well.length),
              wanted: String(others.length),
            }),
          ];
        }),
      ],
      `A proxy in ${others.join(', ')}`,
    );
  },
};

const proxiesRelay: Rule = {
  id: 'CVA-TOP-004',
  chapter: 'topology',
  title: 'Workspace proxies only relay',
  origin: 'cva',
  severity: 'high',
  rationale:
    'A proxy serves neither dashboard nor API: an address that people take for the dashboard must lead to the control plane.',
  remediation:
    "Give the access URL of the control plane, and each proxy an address of its own with the control plane's as its primary.",
  url: LINKS.workspaceProxies,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.reachability'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const primary = look.spec.accessUrl;
    return conclude(
      [
        ...declared(look, (_, { proxies }) =>
          Object.entries(proxies).flatMap(([region, values]) => {
            const own = envValue(values, 'CODER_ACCESS_URL');
            const theirs = envValue(values, 'CODER_PRIMARY_ACCESS_URL');
            return [
              expect(values.coder?.workspaceProxy === true, {
                fact: REPOSITORY,
                subject: `release of the proxy in ${region}`,
                seen:
                  values.coder?.workspaceProxy === true
                    ? 'a proxy'
                    : 'a control plane',
                wanted: 'a proxy',
              }),
              expect(theirs === primary && own !== primary, {
                fact: REPOSITORY,
                subject: `addresses of the proxy in ${region}`,
                seen: `its own ${own ?? 'not set'}, its primary's ${
                  theirs ?? 'not set'
                }`,
                wanted: `one of its own, and ${primary} as its primary's`,
              }),
            ];
          }),
        ),
        ...look.running('coderApi.reachability', ({ workspaceProxy }) => [
          expect(workspaceProxy !== true, {
            fact: 'coderApi.reachability',
            subject: `what answers at ${primary}`,
            seen: workspaceProxy === true ? 'a proxy' : 'a control plane',
            wanted: 'a control plane',
          }),
        ]),
        expect(true, {
          fact: 'spec.deployment',
          subject: 'access URL',
          seen: primary,
        }),
      ],
      'Proxies have addresses of their own',
    );
  },
};

const antiAffinity: Rule = {
  id: 'DOC-TOP-001',
  chapter: 'topology',
  title: 'Replicas keep apart by the name of their real release',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    "The chart's default names the release coder: under any other name it matches nothing, and replicas may share a node.",
  remediation:
    'Set coder.affinity.podAntiAffinity with the labels name and instance of this release.',
  url: LINKS.scaleCoder,
  needs: ['spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { release } = look.plan.controlPlane;
    return conclude(
      declared(look, ({ coder }) => {
        const selected =
          coder?.affinity === undefined
            ? [CHART_INSTANCE]
            : selectedInstances(coder.affinity.podAntiAffinity);
        return expect(selected.includes(release), {
          fact: REPOSITORY,
          subject: 'release that anti-affinity selects',
          seen: selected.join(', ') || 'none',
          wanted: release,
        });
      }),
      `Anti-affinity selects the release ${release}`,
    );
  },
};

const oneControlPlane: Rule = {
  id: 'DOC-TOP-002',
  chapter: 'topology',
  title: 'Every replica of the control plane is in one region',
  origin: 'coder-docs',
  severity: 'critical',
  rationale:
    'Replicas relay connections to each other and share one database: over the distance between regions both become slow and unreliable.',
  remediation:
    'Keep the control plane in one region; serve other regions with workspace proxies and provisioners.',
  url: LINKS.highAvailability,
  needs: ['spec.plan', REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { region } = look.plan.controlPlane;
    return conclude(
      [
        ...declared(look, (_, { proxies }) => {
          const planes = Object.entries(proxies)
            .filter(([, { coder }]) => coder?.workspaceProxy !== true)
            .map(([name]) => name);
          return expect(planes.length === 0, {
            fact: REPOSITORY,
            subject: 'regions with a control plane',
            seen: [region, ...planes].join(', '),
            wanted: region,
          });
        }),
        ...look.running('kubernetes.pods', pods => {
          const elsewhere = pods.filter(
            pod => pod.role === 'control-plane' && pod.region !== region,
          );
          return [
            expect(
              elsewhere.length === 0,
              {
                fact: 'kubernetes.pods',
                subject: `replicas outside of ${region}`,
                seen:
                  elsewhere
                    .map(
                      pod =>
                        `${pod.name} in ${pod.region ?? 'an unknown region'}`,
                    )
                    .join(', ') || 'none',
                wanted: 'none',
              },
              elsewhere.every(pod => pod.region === undefined)
                ? 'unknown'
                : 'fail',
            ),
          ];
        }),
      ],
      `The control plane is in ${region}`,
    );
  },
};

const zones: Rule = {
  id: 'DOC-TOP-003',
  chapter: 'topology',
  title: 'Replicas are spread over zones',
  origin: 'coder-docs',
  severity: 'medium',
  rationale: 'Replicas in one zone are lost together.',
  remediation:
    'Set coder.topologySpreadConstraints over topology.kubernetes.io/zone, and give the control plane nodes in at least two zones.',
  url: LINKS.scaleCoder,
  needs: ['spec.plan', REPOSITORY, 'kubernetes.pods'],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    if (look.plan.controlPlane.replicas.value < 2) {
      return {
        verdict: 'skip',
        message: 'It has one replica only',
        evidence: [
          {
            fact: 'spec.plan',
            subject: 'replicas',
            verdict: 'pass',
            seen: '1',
          },
        ],
      };
    }
    return conclude(
      [
        ...declared(look, ({ coder }) => {
          const keys = (coder?.topologySpreadConstraints ?? []).map(
            ({ topologyKey }) => String(topologyKey),
          );
          return expect(keys.includes(ZONE_LABEL), {
            fact: REPOSITORY,
            subject: 'what replicas are spread over',
            seen: keys.join(', ') || 'nothing',
            wanted: ZONE_LABEL,
          });
        }),
        ...look.running('kubernetes.pods', pods => {
          const ours = pods.filter(({ role }) => role === 'control-plane');
          const known = new Set(ours.flatMap(({ zone }) => zone ?? []));
          return [
            expect(
              known.size >= 2,
              {
                fact: 'kubernetes.pods',
                subject: 'zones with replicas',
                seen: [...known].join(', ') || 'none known',
                wanted: 'at least 2',
              },
              ours.some(({ zone }) => zone === undefined) || ours.length === 0
                ? 'unknown'
                : 'fail',
            ),
          ];
        }),
      ],
      'Replicas are spread over zones',
    );
  },
};

const vertical: Rule = {
  id: 'DOC-TOP-004',
  chapter: 'topology',
  title: 'Below ten replicas: then larger ones, not more',
  origin: 'coder-docs',
  severity: 'low',
  rationale:
    'Every replica talks to every other and to the database: many small ones cost more than they carry.',
  remediation:
    'Raise CPU and memory of the replicas before their number. The 10k tier is the exception: its table asks for ten.',
  url: LINKS.scaleCoder,
  needs: ['spec.plan', REPOSITORY, 'coderApi.replicas'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge(look) {
    const tier = tierByName(look.plan.tier.value, look.plan.cvaGeneration);
    const table = tier.controlPlane.replicas;
    const most = Math.max(VERTICAL_FROM - 1, table);
    const wanted =
      table >= VERTICAL_FROM
        ? `${table}, as the table of the ${tier.name} tier says; elsewhere below ${VERTICAL_FROM} (Coder docs, scale Coder)`
        : `below ${VERTICAL_FROM}`;
    return conclude(
      [
        ...declared(look, ({ coder }) => {
          const count = coder?.replicaCount ?? CHART_REPLICAS;
          return expect(
            count <= most,
            {
              fact: REPOSITORY,
              subject: 'replicas in the Helm values',
              seen: String(count),
              wanted,
            },
            'warn',
          );
        }),
        ...look.running('coderApi.replicas', ({ total }) => [
          expect(
            total <= most,
            {
              fact: 'coderApi.replicas',
              subject: 'running replicas',
              seen: String(total),
              wanted,
            },
            'warn',
          ),
        ]),
      ],
      `Replicas: ${wanted}`,
    );
  },
};

/** Releases that anti-affinity terms select by label, in either way of writing it. */
function selectedInstances(terms: unknown): string[] {
  const label = 'app.kubernetes.io/instance';
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const record = node as Record<string, unknown>;
    if (typeof record[label] === 'string') {
      found.push(record[label]);
    }
    if (record.key === label && Array.isArray(record.values)) {
      found.push(...record.values.map(String));
    }
    Object.values(record).forEach(visit);
  };
  visit(terms);
  return found;
}

/**
 * Chapter "Topology".
 *
 * @internal
 */
export const TOPOLOGY_RULES: readonly Rule[] = [
  replicas,
  ownCluster,
  proxiesEverywhere,
  proxiesRelay,
  antiAffinity,
  oneControlPlane,
  zones,
  vertical,
];
