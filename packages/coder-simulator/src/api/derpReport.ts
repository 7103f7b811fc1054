import type { Deployment } from '../deployment/Deployment';
import { EMBEDDED_REGION_ID } from './replicas';

const STUN_HOST = 'stun.l.google.com';
const STUN_PORT = 19302;
const RELAY_LATENCY_NS = 4_000_000;

/**
 * The `derp` section without what every section has. `region`, `node`, `node_info`, `stun` and
 * `netcheck` are Go structs without JSON tags, so their keys are Go's field names.
 *
 * @internal
 */
export function derpFields(deployment: Deployment) {
  const { hostname, port } = new URL(deployment.config.accessUrl);
  const relay = {
    Name: `${EMBEDDED_REGION_ID}b`,
    RegionID: EMBEDDED_REGION_ID,
    HostName: hostname,
    STUNPort: -1,
    DERPPort: Number(port || '443'),
  };
  const stun = {
    Name: `${EMBEDDED_REGION_ID}stun0`,
    RegionID: EMBEDDED_REGION_ID,
    HostName: STUN_HOST,
    STUNPort: STUN_PORT,
    STUNOnly: true,
  };
  const region = {
    healthy: true,
    severity: 'ok',
    warnings: [],
    region: {
      EmbeddedRelay: true,
      RegionID: EMBEDDED_REGION_ID,
      RegionCode: 'coder',
      RegionName: 'Coder Embedded Relay',
      Nodes: [stun, relay],
    },
    node_reports: [nodeReport(stun), nodeReport(relay)],
  };
  return {
    regions: { [EMBEDDED_REGION_ID]: region },
    netcheck: netcheck(),
    netcheck_logs: [],
  };
}

type Node = { Name: string; STUNOnly?: boolean };

function nodeReport(node: Node) {
  const relays = !node.STUNOnly;
  return {
    healthy: true,
    severity: 'ok',
    warnings: [],
    node,
    node_info: { TokenBucketBytesPerSecond: 0, TokenBucketBytesBurst: 0 },
    can_exchange_messages: relays,
    round_trip_ping: relays ? '4ms' : '0',
    round_trip_ping_ms: relays ? 4 : 0,
    uses_websocket: false,
    client_logs: relays ? [[], []] : [],
    client_errs: relays ? [[], []] : [],
    stun: { Enabled: !relays, CanSTUN: !relays, Error: null },
  };
}

function netcheck() {
  const latency = { [EMBEDDED_REGION_ID]: RELAY_LATENCY_NS };
  return {
    UDP: true,
    IPv6: false,
    IPv4: true,
    IPv6CanSend: false,
    IPv4CanSend: true,
    OSHasIPv6: false,
    ICMPv4: false,
    // Three-valued in Go: true, false, or null for "not checked".
    MappingVariesByDestIP: false,
    HairPinning: null,
    UPnP: false,
    PMP: false,
    PCP: false,
    PreferredDERP: EMBEDDED_REGION_ID,
    RegionLatency: latency,
    RegionV4Latency: latency,
    RegionV6Latency: {},
    GlobalV4: '192.0.2.10:41641',
    GlobalV6: '',
    CaptivePortal: null,
  };
}
