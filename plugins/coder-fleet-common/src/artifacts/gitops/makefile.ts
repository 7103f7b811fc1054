import type { Plan } from '../../architecture/plan';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { MAX_JOB_SECONDS } from '../backup/jobs';
import {
  BOOTSTRAP_PATH,
  BOOTSTRAP_SECRET,
  bootstrapJob,
} from '../bootstrap/bootstrap';
import { bootstrapSecrets, isHandedOver } from '../bootstrap/handOver';
import { deploymentOf } from '../helm/deploymentOf';
import { gitOpsTool } from './delivery';
import { FOLLOW_JOB, followJob, HAND_OVER, handOver } from './makeRecipes';
import {
  chartRepositoriesOf,
  helmUpgrade,
  type RenderedRelease,
} from './releases';

/** Coder may take half an hour to come, and has to be asked several times. This project's own figure. */
const BOOTSTRAP_SECONDS = 45 * 60;

/** Time that pods get to end, and new ones to start. This project's own figure. */
const RESTART_TIMEOUT = '20m';

/** What `make` is told to do. `says` is the line of `make help`; a target without one is a part of others. */
type Target = {
  name: string;
  says?: string;
  needs?: string;
  recipe: readonly string[];
};

/** How a Makefile names the kubectl context of a cluster. */
const context = (cluster: string) => `CONTEXT_${cluster.replace(/-/g, '_')}`;

const kubectl = ({
  cluster,
  namespace,
}: {
  cluster: string;
  namespace?: string;
}) =>
  `kubectl --context $(${context(cluster)})${namespace ? ` --namespace ${namespace}` : ''}`;

/**
 * A Makefile for those who apply by hand: what is installed, in order, with the kubectl context of each
 * cluster. Where a tool applies, it has what people do beside it. Names are checked where they come in; none has a
 * character that make or a shell reads.
 *
 * @internal
 */
export function makefile(
  deployment: CoderDeployment,
  options: {
    plan: Plan;
    releases: readonly RenderedRelease[];
    clusters: readonly string[];
  },
): string {
  const { plan, clusters } = options;
  const { name } = deployment.metadata;
  const tool = gitOpsTool(deployment.spec);
  const targets = [
    {
      name: 'diff',
      says: `what ${tool ? `${tool} would apply` : '"manifests" would change'}`,
      recipe: clusters.map(
        cluster =>
          `-${kubectl({ cluster })} diff --kustomize clusters/${cluster}`,
      ),
    },
    ...(tool ? [] : applied(options)),
    ...bootstrap(deployment, plan),
    ...keys(plan),
    ...backups(plan),
  ];
  const steps = [
    ...(tool ? [] : ['manifests', 'releases']),
    'bootstrap',
    ...(handedOver(plan).length > 0 ? ['hand-over'] : []),
  ].join(' ');
  return [
    ...(tool
      ? [
          `# Helps with the Coder deployment ${name}, which ${tool} applies: "make ${steps}". Each cluster's kubectl`,
          '# context may have another name than the cluster: make CONTEXT_eu_west_1=my-context …',
        ]
      : [
          `# Applies the Coder deployment ${name}: "make ${steps}". Each cluster's kubectl context may`,
          '# have another name than the cluster: make CONTEXT_eu_west_1=my-context …',
        ]),
    ...clusters.map(cluster => `${context(cluster)} ?= ${cluster}`),
    '',
    'NOW := $(shell date +%s)',
    '',
    `.PHONY: ${['help', ...targets.map(target => target.name)].join(' ')}`,
    '',
    '# Each target needs those before it',
    '.NOTPARALLEL:',
    '',
    ...FOLLOW_JOB,
    '',
    ...HAND_OVER,
    '',
    'help:',
    "\t@sed -n 's/^## //p' Makefile",
    ...targets.flatMap(linesOf),
    '',
  ].join('\n');
}

/** Longest name of a target that help lists, and a space. */
const NAME_WIDTH = 12;

function linesOf({ name, says, needs, recipe }: Target): string[] {
  return [
    '',
    ...(says ? [`## ${name.padEnd(NAME_WIDTH)}${says}`] : []),
    needs ? `${name}: ${needs}` : `${name}:`,
    ...recipe.map(line => `\t${line}`),
  ];
}

function applied({
  releases,
  clusters,
}: {
  releases: readonly RenderedRelease[];
  clusters: readonly string[];
}): Target[] {
  return [
    {
      name: 'manifests',
      says: 'namespaces, policies, quotas, backup jobs',
      recipe: clusters.map(
        cluster =>
          `${kubectl({ cluster })} apply --server-side --kustomize clusters/${cluster}`,
      ),
    },
    {
      name: 'releases',
      says: 'control plane first, then provisioners and proxies',
      recipe: [
        ...chartRepositoriesOf(releases).map(
          ({ name, url }) => `helm repo add --force-update ${name} ${url}`,
        ),
        ...[...releases]
          .sort((a, b) => a.wave - b.wave)
          .map(release =>
            helmUpgrade(release, `$(${context(release.cluster)})`),
          ),
      ],
    },
  ];
}

function handedOver(plan: Plan) {
  return bootstrapSecrets(plan).filter(secret => isHandedOver(plan, secret));
}

function bootstrap(deployment: CoderDeployment, plan: Plan): Target[] {
  const { cluster } = plan.controlPlane;
  const home = kubectl(plan.controlPlane);
  const elsewhere = handedOver(plan);
  return [
    {
      name: 'bootstrap',
      says: 'first administrator, licence, organizations, keys of provisioners and tokens of proxies: what is missing',
      needs: 'administrator',
      recipe: [
        `${home} delete job --selector app.kubernetes.io/name=coder-bootstrap --ignore-not-found`,
        `${kubectl({ cluster })} apply --server-side --kustomize ${BOOTSTRAP_PATH}`,
        followJob(
          home,
          bootstrapJob(deployment, plan).metadata.name,
          BOOTSTRAP_SECONDS,
        ),
      ],
    },
    {
      name: 'administrator',
      recipe: [
        `@${home} get secret ${BOOTSTRAP_SECRET.name} --output name >/dev/null || { echo 'Create the Secret ${BOOTSTRAP_SECRET.name} first, as docs/secrets.md says, with the present password of an Owner' >&2; exit 1; }`,
      ],
    },
    {
      name: 'hand-over',
      says: 'brings the keys and tokens of other clusters there',
      recipe:
        elsewhere.length > 0
          ? elsewhere.map(secret =>
              handOver(secret, { from: home, to: kubectl(secret.read) }),
            )
          : ['@echo Everything is in one cluster'],
    },
  ];
}

function keys(plan: Plan): Target[] {
  const written = bootstrapSecrets(plan).map(secret => secret.written);
  const namespaces = [...new Set(written.map(({ namespace }) => namespace))];
  return [
    {
      name: 'restart',
      says: 'provisioners and proxies, so that they read new keys and tokens',
      recipe: restarts(plan),
    },
    {
      name: 'rotate-keys',
      says: 'new keys and tokens of all provisioners and proxies; builds that run fail',
      needs: 'administrator',
      recipe: [
        ...namespaces.map(namespace =>
          [
            `${kubectl({ ...plan.controlPlane, namespace })} delete secret --ignore-not-found`,
            ...written
              .filter(secret => secret.namespace === namespace)
              .map(secret => secret.name),
          ].join(' '),
        ),
        '$(MAKE) bootstrap hand-over restart',
      ],
    },
  ];
}

function backups({ controlPlane }: Plan): Target[] {
  const home = kubectl(controlPlane);
  return [
    {
      name: 'backup-now',
      says: 'one backup, now, and what it said',
      recipe: runNow(home, 'coder-backup'),
    },
    {
      name: 'drill-now',
      says: 'one restore drill, now, and what it said',
      recipe: runNow(home, 'coder-restore-drill'),
    },
  ];
}

/** All at once, then one look after the other. */
function restarts(plan: Plan): string[] {
  const releases = [...plan.provisioners, ...plan.proxies];
  const rollout = (verb: string, options = '') =>
    releases.map(
      release =>
        `${kubectl(release)} rollout ${verb} ${deploymentOf(plan, release)}${options}`,
    );
  return releases.length === 0
    ? ['@echo There are no provisioners and no proxies of their own']
    : [
        ...rollout('restart'),
        ...rollout('status', ` --timeout ${RESTART_TIMEOUT}`),
      ];
}

function runNow(home: string, cronJob: string): string[] {
  const job = `${cronJob}-$(NOW)`;
  return [
    `${home} create job --from=cronjob/${cronJob} ${job}`,
    followJob(home, job, MAX_JOB_SECONDS),
  ];
}
