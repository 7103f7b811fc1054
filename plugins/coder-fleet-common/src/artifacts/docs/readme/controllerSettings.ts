import type { DeploymentSpec } from '../../../deployment/DeploymentSpec';
import { toYaml } from '../../yaml';

/**
 * What ingress-nginx has to be told: uploads of 100 MiB (Coder, coderd/files.go, `HTTPFileMaxBytes`), and connections
 * that say nothing for an hour. By itself it ends a request above 1 MiB, and a connection after 60 s of silence.
 * Source: ingress-nginx, Annotations (custom max body size, custom timeouts) and Websockets.
 */
const INGRESS_NGINX: Readonly<Record<string, string>> = {
  'nginx.ingress.kubernetes.io/proxy-body-size': '100m',
  'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
  'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
};

/**
 * What a controller of Ingresses has to know of Coder. For the class `nginx`, and where none is named, with the
 * annotations that the spec does not have yet.
 *
 * @internal
 */
export function controllerSettings({
  exposure,
}: DeploymentSpec): readonly string[] {
  const needs =
    'Users upload templates of up to 100 MiB, and keep websockets open for hours, at times without a byte. A controller that ends either by itself is told otherwise in `spec.exposure.annotations`';
  if (exposure?.className !== undefined && exposure.className !== 'nginx') {
    return [`${needs}, with the annotations of its own documentation.`];
  }
  const missing = Object.entries(INGRESS_NGINX).filter(
    ([key]) => exposure?.annotations?.[key] === undefined,
  );
  return missing.length === 0
    ? []
    : [
        `${needs}. For ingress-nginx put this into the spec and render again${exposure?.className ? '' : '; if the default class is of another controller, look for the same in its documentation'}:`,
        [
          '```yaml',
          toYaml({
            spec: { exposure: { annotations: Object.fromEntries(missing) } },
          }).trimEnd(),
          '```',
        ].join('\n'),
      ];
}
