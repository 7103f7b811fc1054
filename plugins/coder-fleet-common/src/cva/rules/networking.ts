import type { Rule } from '../rule';
import { accessUrl, wildcard } from './accessUrls';
import { flows, relay } from './controlPlaneFlows';
import { defaultDeny } from './defaultDeny';
import { latency } from './latency';
import { openings } from './openings';
import { derpRelay, websockets } from './relayedConnections';
import { workspacePorts } from './workspacePorts';

/**
 * Chapter "Networking".
 *
 * @internal
 */
export const NETWORKING_RULES: readonly Rule[] = [
  flows,
  defaultDeny,
  workspacePorts,
  relay,
  accessUrl,
  wildcard,
  latency,
  derpRelay,
  websockets,
  openings,
];
