import type { Plan } from '../../../architecture/plan';
import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { replaceSecret } from '../createSecret';
import { kubectl, shell, strictly } from '../shell';
import { restartReplicas } from './control';

/**
 * How a certificate is renewed. Coder reads its own when it starts, and not again; a Gateway or an Ingress controller
 * sees a new one by itself.
 * Source: Coder docs, TLS.
 *
 * @internal
 */
export function rotateCertificateRunbook(
  { exposure }: DeploymentSpec,
  plan: Plan,
): string[] {
  if (!exposure?.tls || exposure.type === 'gateway') {
    return [];
  }
  const { secret: name, issuer } = exposure.tls;
  const places = [plan.controlPlane, ...plan.proxies];
  const isCoders = exposure.type === 'load-balancer';
  const restarts = places.flatMap(restartReplicas);
  if (issuer) {
    return isCoders
      ? [
          '### Certificate',
          `cert-manager renews \`${name}\` by itself, but Coder reads it when it starts. Restart it after each renewal, and before the old one ends:`,
          shell(
            ...places.map(
              place =>
                `${kubectl(place)} get certificate coder --output jsonpath='{.status.renewalTime} {.status.notAfter}{"\\n"}'`,
            ),
          ),
          strictly(...restarts),
        ]
      : [];
  }
  const secret = { name, keys: ['tls.crt', 'tls.key'] };
  return [
    '### Certificate',
    `Put the new one, with its chain, and its key into \`tls.crt\` and \`tls.key\`${places.length > 1 ? '; where each place has one of its own, place by place' : ''}. ${
      isCoders
        ? 'Coder reads it when it starts, so restart it:'
        : 'The controller sees it by itself:'
    }`,
    strictly(
      ...places.map(place => replaceSecret({ ...place, ...secret })),
      ...(isCoders ? restarts : []),
    ),
  ];
}
