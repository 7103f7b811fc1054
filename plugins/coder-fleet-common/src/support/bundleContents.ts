/**
 * Files of a support bundle that belong together.
 *
 * @public
 */
export type SupportBundleGroup = {
  /** Folder in the archive; empty for files at its top. */
  folder: string;
  /** What it tells, for people. */
  title: string;
  files: ReadonlyArray<{
    name: string;
    /** What it needs, when it is not always there. */
    needs?: string;
  }>;
};

const file = (name: string, needs?: string) => ({
  name,
  ...(needs && { needs }),
});

const NEWER = 'newer CLIs only';

/**
 * What `coder support bundle` collects.
 * Source: Coder docs, "Support bundle", and the CLI's own list.
 *
 * @public
 */
export const SUPPORT_BUNDLE_CONTENTS: readonly SupportBundleGroup[] = [
  {
    folder: 'deployment/',
    title: 'The deployment: version, configuration, experiments, health',
    files: [
      file('buildinfo.json'),
      file('config.json'),
      file('experiments.json'),
      file('health.json'),
      file('stats.json', NEWER),
      file('entitlements.json', NEWER),
      file('health_settings.json', NEWER),
      file('workspaces.json', NEWER),
      file('prometheus.txt', NEWER),
    ],
  },
  {
    folder: 'network/',
    title: 'The network, as seen from where the command runs',
    files: [
      file('connection_info.json'),
      file('netcheck.json'),
      file('interfaces.json'),
      file('coordinator_debug.html'),
      file('tailnet_debug.html'),
    ],
  },
  {
    folder: 'workspace/',
    title: 'The workspace that was named, and its template',
    files: [
      file('workspace.json'),
      file('parameters.json'),
      file('build_logs.txt'),
      file('template.json'),
      file('template_version.json'),
      file('template_file.zip'),
    ],
  },
  {
    folder: 'agent/',
    title: 'The agent of that workspace',
    files: [
      file('agent.json'),
      file('manifest.json'),
      file('listening_ports.json'),
      file('peer_diagnostics.json'),
      file('ping_result.json'),
      file('logs.txt'),
      file('startup_logs.txt'),
      file('prometheus.txt'),
      file('agent_magicsock.html'),
      file('client_magicsock.html'),
    ],
  },
  {
    folder: 'templates/',
    title: 'A template of its own',
    files: [file('<name>/…', 'with --template')],
  },
  {
    folder: '',
    title: 'Logs, licence and profiles',
    files: [
      file('logs.txt'),
      file('cli_logs.txt'),
      file('license-status.txt'),
      file('pprof/…', 'with --pprof'),
    ],
  },
];

/**
 * What to look at before a bundle leaves the house: redaction covers environment variables and
 * secret settings, and nothing else.
 * Source: Coder docs, "Support bundle": sensitive, to be reviewed before it is sent.
 *
 * @public
 */
export const SUPPORT_BUNDLE_CHECKS: readonly string[] = [
  'Treat the whole archive as sensitive: Coder redacts environment variables and secret settings, and cannot promise that nothing else is left.',
  'deployment/config.json: internal host names, addresses and identity provider settings.',
  'workspace/template_file.zip and templates/: credentials or internal addresses written into Terraform.',
  'workspace/parameters.json and workspace/build_logs.txt: values that people typed, and what Terraform printed.',
  'agent/logs.txt and agent/startup_logs.txt: tokens and URLs that start-up scripts printed.',
  'network/: addresses and interfaces of the machine on which the command ran.',
  'Send it only through the upload link that Coder support gives you.',
];
