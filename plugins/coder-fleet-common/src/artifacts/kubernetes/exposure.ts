import type { Plan, PlannedRelease } from '../../architecture/plan';
import type {
  CoderDeployment,
  DeploymentSpec,
} from '../../deployment/DeploymentSpec';
import type { KubernetesObject } from './object';
import { ownLabels } from './object';
import { webPort } from './ports';

/** Where one release is reached. */
type Urls = { accessUrl: string; wildcardUrl?: string };

/**
 * Whether pods of others carry the access URL: those of a Gateway, or of an Ingress controller.
 *
 * @internal
 */
export function isFronted({ exposure }: DeploymentSpec): boolean {
  return exposure?.type === 'ingress' || exposure?.type === 'gateway';
}

/**
 * The Service that has an address of its own where Coder ends TLS.
 *
 * @internal
 */
export const PUBLIC_SERVICE = 'coder-public';

/**
 * Whether a release is reached by {@link PUBLIC_SERVICE}. Where TLS ends in front, the chart's own Service is.
 *
 * @internal
 */
export function hasPublicService({ exposure }: DeploymentSpec): boolean {
  return exposure?.type === 'load-balancer' && exposure.tls !== undefined;
}

/**
 * The name of the Service whose address users reach, where no pods of others are in front.
 *
 * @internal
 */
export function serviceOfUsers(spec: DeploymentSpec): string {
  return hasPublicService(spec) ? PUBLIC_SERVICE : 'coder';
}

/**
 * Values of the chart that expose a release: a Service with an address of its own, an Ingress or an
 * HTTPRoute.
 *
 * @internal
 */
export function exposureValues(
  spec: DeploymentSpec,
  urls: Urls,
): Record<string, unknown> {
  const { exposure } = spec;
  const host = new URL(urls.accessUrl).hostname;
  const wildcard = urls.wildcardUrl;
  switch (exposure?.type) {
    case 'ingress':
      return {
        service: { type: 'ClusterIP' },
        ingress: {
          enable: true,
          className: exposure.className ?? '',
          ...(exposure.annotations && { annotations: exposure.annotations }),
          host,
          ...(wildcard && { wildcardHost: wildcard }),
          ...(exposure.tls && {
            tls: {
              enable: true,
              secretName: exposure.tls.secret,
              ...(wildcard && { wildcardSecretName: exposure.tls.secret }),
            },
          }),
        },
      };
    case 'gateway':
      return {
        service: { type: 'ClusterIP' },
        httproute: {
          enable: true,
          ...(exposure.annotations && { annotations: exposure.annotations }),
          host,
          ...(wildcard && { wildcardHost: wildcard }),
          parentRefs: [exposure.gateway],
        },
      };
    default:
      return serviceValues(exposure);
  }
}

/** Where Coder ends TLS, the Service with the address is another one: {@link publicService}. */
function serviceValues(
  exposure: DeploymentSpec['exposure'],
): Record<string, unknown> {
  if (exposure?.tls) {
    return {
      service: { type: 'ClusterIP' },
      tls: { secretNames: [exposure.tls.secret] },
    };
  }
  return exposure?.annotations
    ? { service: { annotations: exposure.annotations } }
    : {};
}

/**
 * A Service with an address of its own that carries TLS alone. The chart's own has plain HTTP on port 80 besides, and
 * no key that closes it.
 * Source: chart `coder`, service and tls.
 *
 * @internal
 */
export function publicService(options: {
  deployment: CoderDeployment;
  release: PlannedRelease | Plan['controlPlane'];
  urls: Urls;
}): KubernetesObject[] {
  const { deployment, release, urls } = options;
  if (!hasPublicService(deployment.spec)) {
    return [];
  }
  const annotations = deployment.spec.exposure?.annotations;
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: PUBLIC_SERVICE,
        namespace: release.namespace,
        labels: ownLabels(deployment.metadata.name, 'exposure'),
        ...(annotations && { annotations }),
      },
      spec: {
        type: 'LoadBalancer',
        selector: {
          'app.kubernetes.io/name': 'coder',
          'app.kubernetes.io/instance': release.release,
        },
        ports: [
          {
            name: 'https',
            port: webPort(urls.accessUrl),
            protocol: 'TCP',
            targetPort: 'https',
          },
        ],
      },
    },
  ];
}

/**
 * The certificate that cert-manager makes, where an issuer is named. A Gateway brings its own.
 *
 * @internal
 */
export function certificates(options: {
  deployment: CoderDeployment;
  release: PlannedRelease | Plan['controlPlane'];
  urls: Urls;
}): KubernetesObject[] {
  const { deployment, release, urls } = options;
  const { exposure } = deployment.spec;
  const issuer = exposure?.tls?.issuer;
  if (!issuer || exposure?.type === 'gateway') {
    return [];
  }
  const host = new URL(urls.accessUrl).hostname;
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: {
        name: 'coder',
        namespace: release.namespace,
        labels: ownLabels(deployment.metadata.name, 'tls'),
      },
      spec: {
        secretName: exposure.tls!.secret,
        dnsNames: [
          host,
          ...(urls.wildcardUrl ? [wholeLabel(urls.wildcardUrl)] : []),
        ],
        issuerRef: {
          name: issuer.name,
          kind: issuer.kind,
          group: 'cert-manager.io',
        },
      },
    },
  ];
}

/**
 * Certificates and listeners have whole labels: `*-apps.example.com` is covered by `*.example.com`.
 *
 * @internal
 */
export function wholeLabel(wildcardUrl: string): string {
  return wildcardUrl.replace(/^\*-[^.]+/, '*');
}
