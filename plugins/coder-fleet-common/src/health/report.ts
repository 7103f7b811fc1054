/**
 * Coder's severities, ordered `ok` \< `warning` \< `error`. Values that Coder adds later pass through.
 *
 * @public
 */
export type HealthSeverity = 'ok' | 'warning' | 'error' | (string & {});

/**
 * A message of a section: a code such as `EDB02` and Coder's text.
 *
 * @public
 */
export type HealthMessage = { code: string; message: string };

/**
 * One section of Coder's health report.
 *
 * @public
 */
export type HealthSection = {
  /** Key on the wire, for example `access_url`; sections that Coder adds later pass through. */
  key: string;
  /** Name for people. */
  title: string;
  severity: HealthSeverity;
  /** Someone told Coder not to count this section. */
  dismissed: boolean;
  /** Coder's error text, when there is one. */
  error?: string;
  warnings: HealthMessage[];
  /** Figures worth showing, for example the latency of the database. */
  details: Array<{ label: string; value: string }>;
};

/**
 * Names of the sections that Coder has today.
 * Source: Coder docs, API reference, healthsdk.HealthcheckReport.
 *
 * @public
 */
export const HEALTH_SECTION_TITLES: Readonly<Record<string, string>> = {
  access_url: 'Access URL',
  database: 'Database',
  derp: 'DERP relays',
  websocket: 'Websocket',
  workspace_proxy: 'Workspace proxies',
  provisioner_daemons: 'Provisioner daemons',
};
