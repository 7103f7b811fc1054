import type { Plan, PlannedRelease } from '../../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../../deployment/DeploymentSpec';
import {
  hasPublicService,
  isFronted,
  serviceOfUsers,
  wholeLabel,
} from '../../kubernetes/exposure';
import { GATEWAY_NAMESPACE_LABEL } from '../../kubernetes/policy';
import { markdownTable } from '../../markdown';
import { groupedBy, kubectl, shell } from '../shell';
import { controllerSettings } from './controllerSettings';

/**
 * A name by which a release is reached, and what stands for its workspace apps.
 *
 * @internal
 */
export type PublicName = {
  release: PlannedRelease;
  host: string;
  wildcard?: string;
};

/**
 * The names of the control plane and of the proxies.
 *
 * @internal
 */
export function publicNames(spec: DeploymentSpec, plan: Plan): PublicName[] {
  const nameOf = (
    release: PlannedRelease,
    urls: { accessUrl: string; wildcardUrl?: string },
  ): PublicName => ({
    release,
    host: new URL(urls.accessUrl).host,
    wildcard: urls.wildcardUrl,
  });
  return [
    nameOf(plan.controlPlane, spec),
    ...plan.proxies.flatMap(release => {
      const proxy = spec.regions.find(
        ({ name }) => name === release.region,
      )?.proxy;
      return proxy ? [nameOf(release, proxy)] : [];
    }),
  ];
}

function covered({ host, wildcard }: PublicName): string[] {
  return [
    host.replace(/:\d+$/, ''),
    ...(wildcard ? [wholeLabel(wildcard)] : []),
  ];
}

/**
 * What the certificate of a release has to name.
 *
 * @internal
 */
export function certificateNames(
  spec: DeploymentSpec,
  plan: Plan,
  release: PlannedRelease,
): string[] {
  return publicNames(spec, plan)
    .filter(name => name.release === release)
    .flatMap(covered);
}

/**
 * DNS and certificates: which names there have to be, where they lead, and who ends TLS.
 *
 * @internal
 */
export function namesSection(
  { spec }: CoderDeployment,
  plan: Plan,
): readonly string[] {
  const names = publicNames(spec, plan);
  return [
    '## Names and certificates',
    'Users, workspaces, provisioners and proxies connect by these names. Nothing works until they resolve and have a certificate that all of them trust.',
    markdownTable(
      ['Names in DNS', 'lead to', 'certificate for'],
      names.map(name => [
        [name.host.replace(/:\d+$/, ''), ...covered(name).slice(1)]
          .map(text => `\`${text}\``)
          .join(', '),
        target(spec, name),
        covered(name)
          .map(text => `\`${text}\``)
          .join(', '),
      ]),
    ),
    ...exposed(spec, names),
    ...gatewayLabels(spec, names),
  ];
}

/** Policies see where a packet ends: at a pod of the Gateway, on a port of its own. */
function gatewayLabels(
  spec: DeploymentSpec,
  names: readonly PublicName[],
): readonly string[] {
  return isFronted(spec)
    ? [
        `Coder, provisioners and proxies call these names as well. In a cluster that ends such calls at its own ${spec.exposure?.type === 'gateway' ? 'Gateway' : 'Ingress controller'}, the NetworkPolicies let them through to pods of namespaces with the label \`${GATEWAY_NAMESPACE_LABEL}=true\` alone. Give it to the namespace where those pods run:`,
        shell(
          ...groupedBy(names, ({ release }) => release.cluster).map(
            ([cluster]) =>
              `${kubectl({ cluster })} label namespace NAMESPACE_OF_THOSE_PODS ${GATEWAY_NAMESPACE_LABEL}=true`,
          ),
        ),
      ]
    : [];
}

function target(spec: DeploymentSpec, { release }: PublicName): string {
  const { exposure } = spec;
  const { cluster, namespace } = release;
  switch (exposure?.type) {
    case 'gateway':
      return `the Gateway \`${exposure.gateway!.name}\` of \`${cluster}\``;
    case 'ingress':
      return `the Ingress controller of \`${cluster}\``;
    default:
      return `the Service \`${serviceOfUsers(spec)}\` in \`${namespace}\` of \`${cluster}\``;
  }
}

function exposed(
  spec: DeploymentSpec,
  names: readonly PublicName[],
): readonly string[] {
  const { exposure } = spec;
  switch (exposure?.type) {
    case 'gateway':
      return gateway(exposure.gateway!, names);
    case 'ingress':
      return [
        'The address is the one of the controller, so DNS can be set before the install. After the install each Ingress shows it:',
        shell(
          ...names.map(
            ({ release }) => `${kubectl(release)} get ingress coder`,
          ),
        ),
        ...controllerSettings(spec),
        ...tls(spec),
      ];
    default:
      return [
        `The address is known once ${hasPublicService(spec) ? 'the manifests are applied' : 'Coder is installed'}: come back then, and point the names at it:`,
        shell(
          ...names.map(
            ({ release }) =>
              `${kubectl(release)} get service ${serviceOfUsers(spec)} --output wide`,
          ),
        ),
        ...(hasPublicService(spec)
          ? [
              'It carries HTTPS alone; plain HTTP is answered inside the cluster only.',
            ]
          : []),
        'What your cloud has to know of the address, that it is internal for example, goes into `spec.exposure.annotations`.',
        ...tls(spec),
      ];
  }
}

function tls({ exposure }: DeploymentSpec): readonly string[] {
  if (!exposure?.tls) {
    return [
      'No certificate is named here (`spec.exposure.tls`): end TLS in front, at the load balancer of your cloud or at the controller (`spec.exposure.annotations`).',
    ];
  }
  const { secret, issuer } = exposure.tls;
  return [
    issuer
      ? `cert-manager puts the certificate into the Secret \`${secret}\`. For a name with \`*\` the ${issuer.kind} \`${issuer.name}\` has to prove itself by DNS (DNS-01).`
      : `The Secret \`${secret}\` holds the certificate, with its chain, for all names of its line in the table. Renew it before it ends.`,
  ];
}

function gateway(
  { name, namespace }: { name: string; namespace: string },
  names: readonly PublicName[],
): readonly string[] {
  const [first] = names;
  return [
    `The Gateway needs HTTPS listeners for these names, with certificates of its own, and \`allowedRoutes\` that admit the namespaces of the releases. A listener of plain HTTP must not admit them: Coder would be served without TLS. ${names.length > 1 ? `For \`${first.release.cluster}\`, and for the others alike` : 'For example'}:`,
    listeners(first),
    'The address that DNS has to name, and whether the listeners are ready:',
    shell(
      ...groupedBy(names, ({ release }) => release.cluster).map(
        ([cluster]) =>
          `${kubectl({ cluster, namespace })} get gateway ${name} --output yaml`,
      ),
    ),
  ];
}

function listeners({ release, host, wildcard }: PublicName): string {
  const hostnames = [
    host.replace(/:\d+$/, ''),
    ...(wildcard ? [wholeLabel(wildcard)] : []),
  ];
  return [
    '```yaml',
    'listeners:',
    ...hostnames.flatMap((hostname, index) => [
      `  - name: coder${index === 0 ? '' : '-apps'}`,
      `    hostname: '${hostname}'`,
      '    port: 443',
      '    protocol: HTTPS',
      '    tls: { certificateRefs: [{ name: YOUR_CERTIFICATE }] }',
      '    allowedRoutes:',
      '      namespaces:',
      '        from: Selector',
      '        selector:',
      '          matchLabels:',
      `            kubernetes.io/metadata.name: ${release.namespace}`,
    ]),
    '```',
  ].join('\n');
}
