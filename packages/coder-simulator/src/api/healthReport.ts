import type { Deployment } from '../deployment/Deployment';
import {
  Faults,
  HealthFault,
  HEALTH_SECTIONS,
  HealthSection,
} from '../faults/faults';
import { optionValue } from './deploymentConfig';
import { derpFields } from './derpReport';
import { provisionerHealth } from './provisionerHealth';
import { workspaceProxies } from './workspaceProxies';

const NANOSECONDS_PER_MILLISECOND = 1e6;

/**
 * A warning with its code.
 *
 * @internal
 */
export type HealthMessage = { code: string; message: string };

/**
 * Severity of a section or of the whole, worst last.
 *
 * @internal
 */
export type Severity = 'ok' | 'warning' | 'error';

const RANK: Record<Severity, number> = { ok: 0, warning: 1, error: 2 };

/**
 * What every section has.
 *
 * @internal
 */
export type SectionBase = {
  error?: string;
  severity: Severity;
  warnings: HealthMessage[];
  dismissed: boolean;
};

type Report = ReturnType<typeof healthReport>;

/**
 * Computes the report of `GET /api/v2/debug/health`.
 *
 * @internal
 */
export function healthReport(deployment: Deployment, now: Date) {
  const sections = {
    derp: withHealthy(deployment, 'derp', derpFields(deployment)),
    access_url: accessUrlSection(deployment),
    websocket: withHealthy(deployment, 'websocket', { body: '', code: 101 }),
    database: databaseSection(deployment),
    workspace_proxy: workspaceProxySection(deployment),
    provisioner_daemons: provisionerSection(deployment),
  };
  return {
    time: now.toISOString(),
    healthy: HEALTH_SECTIONS.every(name => !fails(name, sections[name])),
    severity: worst(HEALTH_SECTIONS.map(name => sections[name].severity)),
    ...sections,
    coder_version: deployment.version,
  };
}

/**
 * The report as `?format=text` gives it.
 *
 * @internal
 */
export function healthText(report: Report): string {
  return [
    `time: ${report.time}`,
    `healthy: ${report.healthy}`,
    `derp: ${report.derp.healthy}`,
    `access_url: ${report.access_url.healthy}`,
    `websocket: ${report.websocket.healthy}`,
    `database: ${report.database.healthy}`,
    '',
  ].join('\n');
}

/**
 * The worst of some severities. Coder counts dismissed sections, too.
 *
 * @internal
 */
export function worst(severities: readonly Severity[]): Severity {
  return severities.reduce(
    (result, severity) => (RANK[severity] > RANK[result] ? severity : result),
    'ok',
  );
}

/** For the deprecated flag, a warning of the access URL counts as a failure. */
function fails(name: HealthSection, section: SectionBase): boolean {
  return name === 'access_url'
    ? section.severity !== 'ok'
    : section.severity === 'error';
}

function base(fault: HealthFault | undefined): SectionBase {
  const { severity = 'ok', dismissed = false } = fault ?? {};
  const message = fault && { code: fault.code, message: fault.message };
  return {
    ...(message && severity === 'error'
      ? { error: `${message.code}: ${message.message}` }
      : {}),
    severity,
    warnings: message && severity === 'warning' ? [message] : [],
    dismissed,
  };
}

function faultOf(
  faults: Faults,
  section: HealthSection,
): HealthFault | undefined {
  return faults.health?.[section];
}

function withHealthy<T extends object>(
  deployment: Deployment,
  name: HealthSection,
  fields: T,
) {
  const section = base(faultOf(deployment.faults, name));
  return { ...section, healthy: section.severity !== 'error', ...fields };
}

function accessUrlSection(deployment: Deployment) {
  const failed = faultOf(deployment.faults, 'access_url')?.severity === 'error';
  return withHealthy(deployment, 'access_url', {
    access_url: deployment.config.accessUrl,
    reachable: !failed,
    status_code: failed ? 0 : 200,
    healthz_response: failed ? '' : 'OK',
  });
}

function databaseSection(deployment: Deployment) {
  const severity = faultOf(deployment.faults, 'database')?.severity ?? 'ok';
  const latencyMs = { ok: 2, warning: 27, error: 0 }[severity];
  return withHealthy(deployment, 'database', {
    reachable: severity !== 'error',
    latency: severity === 'error' ? '' : `${latencyMs}.4ms`,
    latency_ms: latencyMs,
    threshold_ms:
      Number(optionValue(deployment, 'CODER_HEALTH_CHECK_THRESHOLD_DATABASE')) /
      NANOSECONDS_PER_MILLISECOND,
  });
}

/** A fault replaces what the proxies themselves would give. */
function workspaceProxySection(deployment: Deployment) {
  const proxies = workspaceProxies(deployment);
  const errors = proxies.regions.flatMap(({ status }) => status.report.errors);
  const section = withHealthy(deployment, 'workspace_proxy', {
    workspace_proxies: proxies,
  });
  if (errors.length === 0 || faultOf(deployment.faults, 'workspace_proxy')) {
    return section;
  }
  return {
    ...section,
    // An error only when none is healthy, and the primary always is.
    severity: 'warning' as const,
    warnings: errors.map(message => ({ code: 'EWP04', message })),
  };
}

/** A fault replaces what the daemons themselves would give. */
function provisionerSection(deployment: Deployment) {
  const own = provisionerHealth(deployment);
  const fault = faultOf(deployment.faults, 'provisioner_daemons');
  if (!fault) {
    return { ...own, dismissed: false };
  }
  // Coder reports its own codes as warnings here, whatever their severity.
  const known = fault.code.startsWith('EPD');
  const { severity, code, message } = fault;
  return {
    ...base(fault),
    ...(known
      ? {
          error: undefined,
          warnings: severity === 'ok' ? [] : [{ code, message }],
        }
      : {}),
    items: code === 'EPD01' ? [] : own.items,
  };
}
