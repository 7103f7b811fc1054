import { join } from 'node:path';
import { bundleDirectory } from '../lib/paths.mjs';
import { Child, responds, waitFor } from '../lib/processes.mjs';

const START_TIMEOUT_MS = 3 * 60_000;
/** What Kubernetes gives a process by default before it kills it. */
const STOP_TIMEOUT_MS = 30_000;

/**
 * Starts the bundle as its image does: plain `node`, its own folder, and in the
 * environment nothing but what the configuration names.
 *
 * @param options - `name`; `command` of the image; `ids` of its user; `configs`:
 *   files on top of the production configuration; `env`; `logs`: folder;
 *   `onLine(line)`
 */
export function startBundle(options) {
  const { name, command, ids, configs = [], env, logs, onLine } = options;
  const [program, ...args] = command;
  return new Child({
    name,
    command: program === 'node' ? process.execPath : program,
    args: [...args, ...configs.flatMap(config => ['--config', config])],
    cwd: bundleDirectory,
    ids,
    inherit: false,
    env: { NODE_ENV: 'production', ...env },
    logFile: join(logs, `${name}.log`),
    onLine,
  });
}

/** The environment that app-config.production.yaml asks for. */
export function productionEnvironment(options) {
  const { port, publicUrl, postgres, credentials } = options;
  return {
    PORTAL_URL: publicUrl,
    ORGANIZATION_NAME: 'Example',
    LISTEN_HOST: '127.0.0.1',
    LISTEN_PORT: String(port),
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(postgres.port),
    POSTGRES_USER: postgres.user,
    POSTGRES_PASSWORD: postgres.password,
    CODER_FLEET_CREDENTIALS: credentials,
  };
}

/** Waits until every plugin has started; throws when the process ends first. */
export async function ready(child, port) {
  let ended;
  child.exited.then(how => {
    ended = how;
  });
  const url = `http://127.0.0.1:${port}/.backstage/health/v1/readiness`;
  const settled = await waitFor(
    async () => ended ?? ((await responds(url)) && 'ready'),
    { timeoutMs: START_TIMEOUT_MS, intervalMs: 250 },
  );
  if (settled !== 'ready') {
    throw new Error(
      `${ended ?? 'did not answer in time'}:\n${child.tail.join('\n')}`,
    );
  }
}

/** Waits for its end and says how it came; throws when it does not come. */
export async function endOf(child) {
  let how;
  child.exited.then(result => {
    how = result;
  });
  const ended = await waitFor(() => how, { timeoutMs: STOP_TIMEOUT_MS });
  if (!ended) {
    throw new Error(`still runs after ${STOP_TIMEOUT_MS / 1000} s`);
  }
  return ended;
}
