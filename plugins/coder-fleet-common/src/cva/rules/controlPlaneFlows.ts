import { PORTS, webPort } from '../../artifacts/kubernetes/ports';
import { derivedNames } from '../../deployment/names';
import type { Endpoint } from '../../network/canReach';
import { conclude } from '../conclude';
import { REPOSITORY } from '../declared';
import { INSIDE, INTERNET, podOf, tcp, workspaceOf } from '../endpoints';
import type { FactPath } from '../evidence';
import { LINKS } from '../links';
import { flowCheck, NamedFlow, policies, POLICIES } from '../networkPolicies';
import type { Look } from '../Look';
import type { Rule } from '../rule';

/** @internal */
export const flows: Rule = {
  id: 'CVA-NET-001',
  chapter: 'networking',
  title: 'The four flows that Coder needs are possible',
  origin: 'cva',
  severity: 'critical',
  rationale:
    'Without them workspaces cannot report, the database or Git cannot be reached, or nobody gets in.',
  remediation:
    'Allow workspaces and users to reach the control plane, and the control plane to reach PostgreSQL, Git and package repositories.',
  url: LINKS.cvaNetworking,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const coderd = podOf('coder', look.plan.controlPlane);
    const wanted = (fact: FactPath): NamedFlow[] => [
      ...workspaceFlows(look, coderd, fact),
      ['the control plane to PostgreSQL', coderd, INSIDE, tcp(PORTS.postgres)],
      [
        'the control plane to Git and packages',
        coderd,
        INTERNET,
        tcp(PORTS.webTls),
      ],
      ['users to the control plane', INTERNET, coderd, tcp(PORTS.http)],
    ];
    return conclude(
      policies(look, (found, fact) =>
        wanted(fact).map(flow =>
          flowCheck({ policies: found, fact, flow, wanted: 'open' }),
        ),
      ),
      'The four flows are possible',
    );
  },
};

/**
 * Where the control plane is in another cluster, they call its access URL alone. Policies that run are known of the
 * control plane's cluster only: of the others they say nothing.
 */
function workspaceFlows(
  { plan, spec }: Look,
  coderd: Endpoint,
  fact: FactPath,
): NamedFlow[] {
  const names = derivedNames(plan.name);
  const home = plan.controlPlane.cluster;
  const known = plan.workspaces.regions.filter(
    ({ cluster }) => fact === REPOSITORY || cluster === home,
  );
  return known.flatMap(({ region, cluster }) => {
    const workspace = workspaceOf(names.workspacesNamespace(region));
    const outwards: NamedFlow[] = [
      [
        `workspaces in ${region} to the access URL`,
        workspace,
        INTERNET,
        tcp(webPort(spec.accessUrl)),
      ],
    ];
    return cluster === home
      ? [
          ...outwards,
          [
            `workspaces in ${region} to the control plane`,
            workspace,
            coderd,
            tcp(PORTS.http),
          ],
        ]
      : outwards;
  });
}

/** @internal */
export const relay: Rule = {
  id: 'DOC-NET-001',
  chapter: 'networking',
  title: 'Replicas reach each other',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Replicas relay the connections of users to each other: where policies close that, half of the connections fail.',
  remediation: `Allow the pods of the control plane to reach each other on port ${PORTS.http}.`,
  url: LINKS.highAvailability,
  needs: ['spec.plan', REPOSITORY, POLICIES],
  verdicts: ['pass', 'fail', 'unknown', 'skip'],
  judge(look) {
    const { plan } = look;
    if (plan.controlPlane.replicas.value < 2) {
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
    const coderd = podOf('coder', plan.controlPlane);
    return conclude(
      policies(look, (found, fact) => [
        flowCheck({
          policies: found,
          fact,
          flow: ['replica to replica', coderd, coderd, tcp(PORTS.http)],
          wanted: 'open',
        }),
      ]),
      'Replicas reach each other',
    );
  },
};
