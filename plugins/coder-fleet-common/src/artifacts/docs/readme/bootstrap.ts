import type { Plan } from '../../../architecture/plan';
import type { CoderDeployment } from '../../../deployment/DeploymentSpec';
import { BOOTSTRAP_PATH, BOOTSTRAP_SECRET } from '../../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../../bootstrap/handOver';
import { awaitNamespaces, groupedBy, inWords, kubectl, shell } from '../shell';

/**
 * What the bootstrap Job makes, how it is run again, and how keys get to other clusters.
 *
 * @internal
 */
export function bootstrapSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const secrets = bootstrapSecrets(plan);
  const handedOver = secrets.filter(secret => isHandedOver(plan, secret));
  const home = kubectl(plan.controlPlane);
  const premium = spec.edition === 'premium';
  const made = [
    'the first administrator',
    ...(premium ? ['the licence'] : []),
    ...(spec.organizations?.length
      ? [
          `the ${spec.organizations.length > 1 ? 'organizations' : 'organization'} ${inWords(spec.organizations)}`,
        ]
      : []),
    ...(plan.provisioners.length > 0
      ? ['a key for the provisioners of each region']
      : []),
    ...(plan.proxies.length > 0 ? ['a token for each workspace proxy'] : []),
  ];
  return [
    '## Bootstrap',
    `[${BOOTSTRAP_PATH}](./${BOOTSTRAP_PATH}) is a Job that makes ${made.join(', ')}, through the API of the control plane. It makes only what is missing, so it may run again at any time.${
      secrets.length > 0
        ? ' Until it has, provisioners and proxies wait for their Secrets; they need a Premium licence on the server.'
        : ''
    }`,
    byTool(spec),
    shell(
      'make bootstrap',
      `${home} logs --selector app.kubernetes.io/name=coder-bootstrap --tail=-1`,
    ),
    ...(handedOver.length > 0
      ? [
          'The Job reaches its own cluster only. What it made for others waits beside the control plane. Once their namespaces are there, bring it to them:',
          shell(
            ...groupedBy(handedOver, ({ read }) => read.cluster).map(
              ([cluster, here]) =>
                awaitNamespaces(cluster, [
                  ...new Set(here.map(({ read }) => read.namespace)),
                ]),
            ),
            'make hand-over',
          ),
        ]
      : []),
    `Then open ${spec.accessUrl}, sign in as the first administrator, and set up single sign-on.`,
    `The Job signs in with \`${BOOTSTRAP_SECRET.name}\`, which holds the password of an Owner. Take it away when everything stands:`,
    shell(`${home} delete secret ${BOOTSTRAP_SECRET.name}`),
    `Before the Job runs again, for a new region or for [new keys](./docs/runbooks.md#rotate-keys), create \`${BOOTSTRAP_SECRET.name}\` again, with the present password of an Owner.`,
  ];
}

function byTool({ delivery }: CoderDeployment['spec']): string {
  switch (delivery?.type) {
    case 'argo-cd':
      return 'Argo CD has started it already. This starts it anew, and waits for its end:';
    case 'flux':
      return 'Flux has started it already. This starts it anew, and waits for its end:';
    default:
      return 'Start it once the control plane is installed; it waits until Coder answers:';
  }
}
