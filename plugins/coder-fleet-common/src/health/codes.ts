import type { Source } from '../architecture/source';

/**
 * What a code in Coder's health report means and what to do first.
 *
 * @public
 */
export type HealthCode = {
  code: string;
  /** Section of the report, as on the wire. */
  section: string;
  meaning: string;
  remedy: string;
  /** Coder's page about it. */
  url: string;
  source: Source;
};

const DOCS = 'https://coder.com/docs/admin/monitoring/health-check';

const TABLE: ReadonlyArray<
  readonly [code: string, section: string, meaning: string, remedy: string]
> = [
  [
    'EUNKNOWN',
    'any',
    'The check itself failed unexpectedly; it may clear by itself',
    'Check again; if it stays, ask Coder support',
  ],
  ['EACS01', 'access_url', 'No access URL is set', 'Set CODER_ACCESS_URL'],
  [
    'EACS02',
    'access_url',
    'The access URL cannot be parsed',
    'Correct CODER_ACCESS_URL',
  ],
  [
    'EACS03',
    'access_url',
    'The server cannot fetch its own access URL',
    'Check DNS, firewall, proxy and certificates from the server itself',
  ],
  [
    'EACS04',
    'access_url',
    'The access URL answers, but not with 200',
    'Check that host and path lead to this server',
  ],
  [
    'EDB01',
    'database',
    'The database did not answer a ping',
    'Check that PostgreSQL runs and can be reached',
  ],
  [
    'EDB02',
    'database',
    'The database answers slowly',
    'Move it closer to the control plane or give it more resources',
  ],
  [
    'EDERP01',
    'derp',
    'A relay works over websocket only: a proxy blocks "Upgrade: derp"',
    'Let the proxy pass it; connections work meanwhile',
  ],
  [
    'EDERP02',
    'derp',
    'A relay cannot be reached',
    'Check the network between the replicas and to the relays',
  ],
  [
    'ESTUN01',
    'derp',
    'No STUN server can be used: direct connections may fail',
    'Open UDP to the STUN servers',
  ],
  [
    'ESTUN02',
    'derp',
    'The network changes addresses in a way that prevents direct connections',
    'Ask the network team about hard NAT',
  ],
  [
    'EWS01',
    'websocket',
    'No websocket to the own access URL can be opened',
    'Let proxies pass "Upgrade: websocket"',
  ],
  [
    'EWS02',
    'websocket',
    'A websocket opens, but nothing comes back',
    'Check the timeouts of proxies',
  ],
  [
    'EWS03',
    'websocket',
    'A websocket returns something else than was sent',
    'Look for a proxy that rewrites content',
  ],
  [
    'EWP01',
    'workspace_proxy',
    'The health of workspace proxies could not be refreshed',
    'Check again; if it stays, look at the logs of the server',
  ],
  [
    'EWP02',
    'workspace_proxy',
    'The workspace proxies could not be read from the database',
    'Check the database',
  ],
  [
    'EWP03',
    'workspace_proxy',
    'A workspace proxy has another version than the server; newer servers do not check this',
    'Upgrade the workspace proxies with the server',
  ],
  [
    'EWP04',
    'workspace_proxy',
    'At least one workspace proxy is unhealthy',
    'Check that the proxy runs and can be reached',
  ],
  [
    'EPD01',
    'provisioner_daemons',
    'No provisioner is registered: no workspace can be built',
    'Start provisioners; during an upgrade this passes',
  ],
  [
    'EPD02',
    'provisioner_daemons',
    'A provisioner is more than one minor version away from the server',
    'Upgrade the provisioners with the server',
  ],
  [
    'EPD03',
    'provisioner_daemons',
    'A provisioner uses a deprecated API version',
    'Upgrade the provisioners',
  ],
];

/**
 * Every code that Coder documents.
 * Source: Coder docs, "Deployment health", and the list of codes in its source.
 *
 * @public
 */
export const HEALTH_CODES: readonly HealthCode[] = TABLE.map(
  ([code, section, meaning, remedy]) => {
    const anchor = code.toLocaleLowerCase('en');
    const url = `${DOCS}#${anchor}`;
    const source = {
      title: 'Coder docs, deployment health',
      section: code,
      url,
    };
    return { code, section, meaning, remedy, url, source };
  },
);

/**
 * Explains a code; `undefined` for one that is not known yet.
 *
 * @public
 */
export function healthCode(code: string): HealthCode | undefined {
  return HEALTH_CODES.find(known => known.code === code);
}
