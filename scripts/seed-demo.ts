// Fills a running portal with the demo: publishes each file of examples/demo-fleet
// to Git and registers it, as the template "Coder deployment" would. What is
// published already is left as people changed it since.
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  ForwardedError,
  NotFoundError,
  ResponseError,
  isError,
} from '@backstage/errors';
import {
  ARTIFACT_PATHS,
  type CoderDeployment,
  CoderFleetClient,
  parseDeploymentFile,
  render,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { applyDemoDecisions, readDemoDecisions } from './lib/demoDecisions';
import {
  applyDemoFaults,
  readDemoFaults,
  readDemoUpgrades,
} from './lib/demoFaults';

const AUTHOR = { name: 'Coder Fleet demo', email: 'demo@portal.invalid' };

/** Beside the deployments: what is wrong with them, and what people said of them. */
const FAULTS_FILE = 'simulator.yaml';
const PORTAL_FILE = 'portal.yaml';

const HELP = `Usage: seed-demo.ts [options], from the root of the repository
  --data DIR          what the portal keeps           (CODER_FLEET_DATA or .data)
  --backend-url URL   the running portal's backend    (PORTAL_BACKEND_URL or http://localhost:7007)
  --control-url URL   the simulator's control API     (SIMULATOR_CONTROL_URL or http://127.0.0.1:7444)
  --examples DIR      files of kind CoderDeployment   (examples/demo-fleet)`;

type Options = {
  data: string;
  backendUrl: string;
  controlUrl: string;
  examples: string;
};

type Portal = { client: CoderFleetClient; token: string };

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      'backend-url': { type: 'string' },
      'control-url': { type: 'string' },
      examples: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { env } = process;
  return values.help
    ? undefined
    : {
        data: resolve(values.data ?? env.CODER_FLEET_DATA ?? '.data'),
        backendUrl:
          values['backend-url'] ??
          env.PORTAL_BACKEND_URL ??
          'http://localhost:7007',
        controlUrl:
          values['control-url'] ??
          env.SIMULATOR_CONTROL_URL ??
          'http://127.0.0.1:7444',
        examples: resolve(values.examples ?? 'examples/demo-fleet'),
      };
}

async function readExamples(directory: string): Promise<CoderDeployment[]> {
  const files = (await readdir(directory)).filter(name =>
    name.endsWith('.yaml'),
  );
  const deployments = [];
  for (const file of files.sort()) {
    const text = await readFile(join(directory, file), 'utf8');
    // The faults of the simulator lie beside the deployments.
    if (/^kind: CoderDeployment$/m.test(text)) {
      deployments.push(parseDeploymentFile(text));
    }
  }
  return deployments;
}

async function signIn(backendUrl: string): Promise<Portal> {
  const url = `${backendUrl}/api/auth/personas/refresh`;
  const headers = { 'x-portal-persona': 'platform' };
  const attempt = () =>
    fetch(url, { method: 'POST', headers }).catch(error => {
      throw new ForwardedError(`${backendUrl} does not answer`, error);
    });
  let response = await attempt();
  // The catalog reads its people after the start
  for (let tries = 0; response.status === 404 && tries < 60; tries++) {
    await sleep(1000);
    response = await attempt();
  }
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  const { backstageIdentity } = await response.json();
  return {
    token: backstageIdentity.token,
    client: new CoderFleetClient({
      discoveryApi: {
        getBaseUrl: async plugin => `${backendUrl}/api/${plugin}`,
      },
    }),
  };
}

/** Publishes a deployment, or finds what of it is in Git: people may have changed it. */
async function publish(
  repositories: DeploymentRepositories,
  example: CoderDeployment,
) {
  const { name } = example.metadata;
  try {
    const commit = await repositories.head(name);
    const file = await repositories.file(name, ARTIFACT_PATHS.deployment);
    const deployment = parseDeploymentFile(file.text ?? '');
    return { deployment, commit, changed: false };
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
  const { commit } = await repositories.publish({
    name,
    files: new Map(render(example).map(({ path, content }) => [path, content])),
    message: `Request Coder deployment ${name}\n\nA deployment of the demo`,
    author: AUTHOR,
    now: new Date(),
  });
  return { deployment: example, commit, changed: true };
}

async function isRegistered(
  { client, token }: Portal,
  name: string,
): Promise<boolean> {
  try {
    await client.getDeployment(name, { token });
    return true;
  } catch (error) {
    if (error instanceof ResponseError && error.response.status === 404) {
      return false;
    }
    throw error;
  }
}

async function seed(options: {
  repositories: DeploymentRepositories;
  portal: Portal;
  example: CoderDeployment;
}): Promise<{ line: string; isNew: boolean }> {
  const { repositories, portal, example } = options;
  const { name } = example.metadata;
  const { deployment, commit, changed } = await publish(repositories, example);
  const known = await isRegistered(portal, name);
  if (!known || changed) {
    const repository = { type: 'directory', location: name, commit } as const;
    await portal.client.register(
      name,
      { deployment, repository },
      { token: portal.token },
    );
  }
  const git = changed
    ? `published ${commit.slice(0, 7)}`
    : `in Git at ${commit.slice(0, 7)}`;
  return {
    line: `${name}: ${git}, ${known ? 'was registered before' : 'registered'}`,
    isNew: !known,
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return;
  }
  const examples = await readExamples(options.examples);
  const portal = await signIn(options.backendUrl);
  const repositories = DeploymentRepositories.create({
    directory: join(options.data, 'git'),
  });
  const fresh = new Set<string>();
  for (const example of examples) {
    const { line, isNew } = await seed({ repositories, portal, example });
    console.log(line);
    if (isNew) {
      fresh.add(example.metadata.name);
    }
  }
  await applyOnce({ ...options, portal, fresh });
}

/** What people set since is theirs: only new deployments get what belongs to the demo. */
async function applyOnce(
  options: Options & { portal: Portal; fresh: ReadonlySet<string> },
): Promise<void> {
  const { examples, controlUrl, portal, fresh } = options;
  const { client, token } = portal;
  const ofFresh = <T>(all: Record<string, T>) =>
    Object.entries(all).filter(([name]) => fresh.has(name));
  const portalFile = join(examples, PORTAL_FILE);
  const upgrades = ofFresh(await readDemoUpgrades(portalFile));
  const decided = ofFresh(await readDemoDecisions(portalFile));
  const faulty = ofFresh(await readDemoFaults(join(examples, FAULTS_FILE)));
  for (const [name, upgrade] of upgrades) {
    await client.declareUpgrade(name, upgrade, { token });
    console.log(`${name}: upgrade declared`);
  }
  for (const [name, decisions] of decided) {
    await applyDemoDecisions({ ...portal, name, decisions });
    console.log(`${name}: waivers and attestations given`);
  }
  await Promise.all(
    faulty.map(async ([name, faults]) => {
      await applyDemoFaults({ ...portal, controlUrl, name, faults });
      console.log(`${name}: ${JSON.stringify(faults)}`);
    }),
  );
}

main().catch(error => {
  const cause = error instanceof ResponseError ? error.cause : error;
  console.error(
    `The demo is not complete: ${isError(cause) ? cause.message : cause}`,
  );
  process.exitCode = 1;
});
