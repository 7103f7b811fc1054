import type { HealthSection } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import { listOf, maybe, wireObject } from './fromWire';

type Detail = HealthSection['details'][number];

const MAX_DETAILS = 25;
const MAX_DETAIL_LENGTH = 500;

/** Releases before 2.6 sent warnings without a code. */
export const healthMessageSchema = z.union([
  wireObject({
    code: z.string().catch('EUNKNOWN'),
    message: z.string().catch(''),
  }),
  z.string().transform(message => ({ code: 'EUNKNOWN', message })),
]);

const accessUrlSchema = wireObject({
  access_url: maybe(z.string()),
  reachable: maybe(z.boolean()),
  status_code: maybe(z.number()),
  healthz_response: maybe(z.string()),
});

const databaseSchema = wireObject({
  reachable: maybe(z.boolean()),
  latency: maybe(z.string()),
  latency_ms: maybe(z.number()),
  threshold_ms: maybe(z.number()),
});

const websocketSchema = wireObject({
  code: maybe(z.number()),
  body: maybe(z.string()),
});

const proxySchema = wireObject({
  name: maybe(z.string()),
  display_name: maybe(z.string()),
  healthy: maybe(z.boolean()),
  version: maybe(z.string()),
  status: maybe(wireObject({ status: maybe(z.string()) })),
});

const workspaceProxySchema = wireObject({
  workspace_proxies: maybe(wireObject({ regions: listOf(proxySchema) })),
});

const provisionersSchema = wireObject({
  items: listOf(
    wireObject({
      provisioner_daemon: maybe(
        wireObject({ name: maybe(z.string()), version: maybe(z.string()) }),
      ),
      warnings: listOf(healthMessageSchema),
    }),
  ),
});

const derpNodeSchema = wireObject({
  stun: maybe(
    wireObject({ enabled: maybe(z.boolean()), can_stun: maybe(z.boolean()) }),
  ),
});

const derpSchema = wireObject({
  regions: z
    .record(
      wireObject({
        healthy: maybe(z.boolean()),
        severity: maybe(z.string()),
        region: maybe(
          wireObject({
            region_id: maybe(z.number()),
            region_name: maybe(z.string()),
          }),
        ),
        node_reports: listOf(derpNodeSchema),
      }),
    )
    .catch({}),
});

const yesOrNo = (value: boolean | undefined) => {
  if (value === undefined) {
    return undefined;
  }
  return value ? 'yes' : 'no';
};

const milliseconds = (value: number | undefined) =>
  value === undefined ? undefined : `${value} ms`;

function details(
  rows: Array<readonly [label: string, value: string | number | undefined]>,
): Detail[] {
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .slice(0, MAX_DETAILS)
    .map(([label, value]) => ({
      label: label.slice(0, MAX_DETAIL_LENGTH),
      value: String(value).slice(0, MAX_DETAIL_LENGTH),
    }));
}

function accessUrl(wire: unknown): Detail[] {
  const section = accessUrlSchema.parse(wire);
  return details([
    ['Access URL', section.access_url],
    ['Reachable', yesOrNo(section.reachable)],
    ['Status code', section.status_code],
    ['Answer of /healthz', section.healthz_response],
  ]);
}

function database(wire: unknown): Detail[] {
  const section = databaseSchema.parse(wire);
  return details([
    ['Reachable', yesOrNo(section.reachable)],
    ['Latency', milliseconds(section.latency_ms) ?? section.latency],
    ['Threshold', milliseconds(section.threshold_ms)],
  ]);
}

function websocket(wire: unknown): Detail[] {
  const section = websocketSchema.parse(wire);
  return details([
    ['Status code', section.code],
    ['Answer', section.body],
  ]);
}

function workspaceProxy(wire: unknown): Detail[] {
  const proxies =
    workspaceProxySchema.parse(wire).workspace_proxies?.regions ?? [];
  return details([
    ['Proxies', proxies.length],
    ...proxies.map(
      proxy =>
        [
          proxy.display_name || proxy.name || 'unnamed',
          [
            proxy.status?.status ?? (proxy.healthy ? 'ok' : 'unhealthy'),
            proxy.version,
          ]
            .filter(Boolean)
            .join(', '),
        ] as const,
    ),
  ]);
}

function provisioners(wire: unknown): Detail[] {
  const { items } = provisionersSchema.parse(wire);
  const versions = new Set(
    items.flatMap(item => item.provisioner_daemon?.version ?? []),
  );
  return details([
    ['Daemons', items.length],
    ['Versions', [...versions].sort().join(', ')],
  ]);
}

function derp(wire: unknown): Detail[] {
  const regions = Object.entries(derpSchema.parse(wire).regions);
  const nodes = regions.flatMap(([, region]) => region.node_reports);
  const stun = nodes.filter(node => node.stun?.enabled);
  return details([
    ['Regions', regions.length],
    [
      'Nodes with working STUN',
      stun.length > 0
        ? `${stun.filter(node => node.stun?.can_stun).length} of ${stun.length}`
        : undefined,
    ],
    ...regions.map(
      ([key, { region, severity, healthy }]) =>
        [
          region?.region_name || `Region ${region?.region_id ?? key}`,
          severity ?? (healthy ? 'ok' : 'error'),
        ] as const,
    ),
  ]);
}

const DETAILS: Readonly<Record<string, (wire: unknown) => Detail[]>> = {
  access_url: accessUrl,
  database,
  derp,
  websocket,
  workspace_proxy: workspaceProxy,
  provisioner_daemons: provisioners,
};

/**
 * The figures of a section that are worth showing; none for sections that are not known yet.
 *
 * @internal
 */
export function sectionDetails(key: string, wire: unknown): Detail[] {
  return Object.hasOwn(DETAILS, key) ? DETAILS[key](wire) : [];
}

/**
 * Warnings that Coder keeps at the single daemon, with its name in front.
 *
 * @internal
 */
export function daemonWarnings(
  key: string,
  wire: unknown,
): HealthSection['warnings'] {
  if (key !== 'provisioner_daemons') {
    return [];
  }
  return provisionersSchema.parse(wire).items.flatMap(item =>
    item.warnings.map(({ code, message }) => ({
      code,
      message: `${item.provisioner_daemon?.name ?? 'unnamed'}: ${message}`,
    })),
  );
}
