import { daemonsOf } from '../deployment/daemons';
import type { Deployment } from '../deployment/Deployment';
import { sameMinor } from '../deployment/identity';
import type { HealthMessage, Severity } from './healthReport';
import { daemonToWire } from './provisionerDaemons';

/**
 * The section as the registered daemons give it, before any fault. Daemons that are offline are left
 * out.
 *
 * @internal
 */
export function provisionerHealth(deployment: Deployment): {
  severity: Severity;
  warnings: HealthMessage[];
  items: { provisioner_daemon: object; warnings: HealthMessage[] }[];
} {
  const online = daemonsOf(deployment).filter(({ offline }) => !offline);
  const items = online.map(daemon => ({
    provisioner_daemon: daemonToWire(deployment, daemon),
    warnings: sameMinor(daemon.version, deployment.version)
      ? []
      : [
          {
            code: 'EPD02',
            message: `Mismatched version "${daemon.version}"`,
          },
        ],
  }));
  if (items.length === 0) {
    const message = 'No active provisioner daemons found!';
    return { severity: 'error', warnings: [{ code: 'EPD01', message }], items };
  }
  // As Coder does, one warning for each daemon that differs.
  const warnings = items.flatMap(item =>
    item.warnings.map(({ code }) => ({
      code,
      message: 'Some provisioner daemons report mismatched versions.',
    })),
  );
  return { severity: warnings.length > 0 ? 'warning' : 'ok', warnings, items };
}
