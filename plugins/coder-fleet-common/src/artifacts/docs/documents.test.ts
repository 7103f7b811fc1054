import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { deployment } from '../../__testUtils__/deployments';
import { GOLDEN } from '../../__testUtils__/golden';
import { findKubectl } from '../../__testUtils__/helm';
import type { CoderDeployment } from '../../deployment/DeploymentSpec';
import { parseDeployment } from '../../deployment/parse';
import {
  inWords,
  pairwiseCombinations,
  requestOf,
} from '../__testUtils__/combinations';
import { render } from '../render';

jest.setTimeout(300_000);

const ALL: Array<[string, CoderDeployment]> = [
  ...GOLDEN.map(([name, golden]): [string, CoderDeployment] => [name, golden]),
  ...pairwiseCombinations().map((combination): [string, CoderDeployment] => [
    inWords(combination),
    parseDeployment(requestOf(combination)),
  ]),
];

const filesOf = (request: CoderDeployment) =>
  new Map(render(request).map(({ path, content }) => [path, content]));

const documentsOf = (files: ReadonlyMap<string, string>) =>
  [...files].filter(([path]) => path.endsWith('.md'));

/** Blocks of commands, each as a person would paste it. */
const blocksOf = (text: string) =>
  [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block);

const section = (text: string, title: string) =>
  text.split(/^## /m).find(part => part.startsWith(`${title}\n`)) ?? '';

const golden = (name: string) =>
  filesOf(GOLDEN.find(([found]) => found === name)![1]);

describe.each(ALL)('the documents of %s', (_, request) => {
  const files = filesOf(request);
  const documents = documentsOf(files);
  const lines = documents.flatMap(([, text]) =>
    blocksOf(text).flatMap(block => block.split('\n')),
  );

  it('have commands that a shell reads', () => {
    const wrong = documents
      .flatMap(([path, text]) => blocksOf(text).map(block => ({ path, block })))
      .map(({ path, block }) => ({
        path,
        block,
        said: spawnSync('sh', ['-n'], { input: block, encoding: 'utf8' }),
      }))
      .filter(({ said }) => said.status !== 0)
      .map(({ path, block, said }) => `${path}: ${block}: ${said.stderr}`);
    expect(wrong).toEqual([]);
    expect(lines.length).toBeGreaterThan(50);
  });

  it('say for which cluster each command is', () => {
    const contexts = new Set([
      ...request.spec.regions.map(({ cluster }) => cluster),
      '"$ARGO_CD"',
    ]);
    const without = lines.filter(line =>
      [
        ...line.matchAll(
          /(?:^|[|;(] ?|until )(kubectl|helm upgrade|flux) [^|]*/g,
        ),
      ]
        .map(([command]) => command)
        .filter(command => !command.includes('kubectl patch --local'))
        .some(
          command =>
            !contexts.has(
              / --(?:kube-)?context (\S+)/.exec(command)?.[1] ?? '',
            ),
        ),
    );
    expect(without).toEqual([]);
  });

  it('name files, targets and sections that are there', () => {
    const paths = lines.flatMap(line =>
      [
        ...line.matchAll(
          /--(?:filename|file|kustomize|values) ([a-z][\w./-]*)|sh (database\/\S+)/g,
        ),
      ].map(([, named, script]) => named ?? script),
    );
    expect(
      paths.filter(
        path =>
          path !== 'restore-job.yaml' &&
          ![...files.keys()].some(
            file => file === path || file.startsWith(`${path}/`),
          ),
      ),
    ).toEqual([]);
    const targets = lines
      .filter(line => line.startsWith('make '))
      .flatMap(line => line.split(' ').slice(1));
    const makefile = files.get('Makefile')!;
    expect(
      targets.filter(target => !new RegExp(`^${target}:`, 'm').test(makefile)),
    ).toEqual([]);
    const anchors = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        title
          .toLowerCase()
          .replace(/[^a-z0-9 -]/g, '')
          .replace(/ /g, '-'),
      );
    for (const [path, text] of documents) {
      for (const [, target, anchor] of text.matchAll(
        /\]\((?:\.\/|\.\.\/)?((?:docs\/)?[\w.-]+\.md)?#([\w-]+)\)/g,
      )) {
        const file = [...files.keys()].find(
          name =>
            target !== undefined && name.endsWith(target.split('/').pop()!),
        );
        expect(anchors(target ? files.get(file!)! : text)).toContain(anchor);
      }
      expect(path).toMatch(/\.md$/);
    }
  });

  it('create every Secret that is needed before the install, and its namespace first', () => {
    const install = section(files.get('README.md')!, 'Install');
    const secrets = files.get('docs/secrets.md')!;
    const rows = secrets
      .split('\n')
      .filter(line => line.endsWith('| you, before the install |'))
      .map(line => line.split(' | ').map(cell => cell.replace(/[|` ]/g, '')));
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, , namespace, cluster] of rows) {
      const made = install.search(
        new RegExp(
          `--context ${cluster} --namespace ${namespace} create secret \\S+ ${name} `,
        ),
      );
      const namespaced = install.indexOf(
        `--context ${cluster} create namespace ${namespace} `,
      );
      expect(namespaced).toBeGreaterThan(-1);
      expect(made).toBeGreaterThan(namespaced);
    }
  });
});

describe('a procedure', () => {
  it.each([
    [
      'multi-region',
      'flux suspend helmrelease golden-multi --context eu-west-1 --namespace coder-golden-multi',
      'scale deployment coder --replicas=0',
      'flux resume kustomization golden-multi --context eu-west-1',
    ],
    [
      'large',
      `patch application golden-large --type merge --patch '{"spec":{"syncPolicy":{"automated":null}}}'`,
      'scale deployment coder --replicas=0',
      'kubectl --context "$ARGO_CD" apply --kustomize argo-cd',
    ],
    [
      'small',
      'nobody else',
      // Helm owns the count of replicas, and would not take it back from another
      '--version "${PRESENT:?}" --reuse-values --set coder.replicaCount=0',
      'make manifests releases',
    ],
  ])(
    'of %s pauses the tool first, starts one replica of a version, and resumes last',
    (name, paused, stopped, resumed) => {
      const runbooks = golden(name).get('docs/runbooks.md')!;
      for (const title of ['Restore', 'Upgrade']) {
        const text = section(runbooks, title);
        const order = [
          paused,
          stopped,
          '\nVERSION=',
          /replicaCount(=1 |":1,|","value":"1")/,
          'grep ":v$VERSION$"',
          'rollout status deployment/coder',
          resumed,
        ].map(part =>
          typeof part === 'string' ? text.indexOf(part) : text.search(part),
        );
        expect(order).not.toContain(-1);
        expect([...order].sort((a, b) => a - b)).toEqual(order);
        // All replicas come by what is rendered, never by a scale of whatever image is there
        expect(text).not.toMatch(/--replicas=[1-9]/);
      }
    },
  );

  it('asks for the chart before it stops anything', () => {
    const text = section(golden('small').get('docs/runbooks.md')!, 'Upgrade');
    expect(text.indexOf('helm show chart coder --repo')).toBeLessThan(
      text.indexOf('replicaCount=0'),
    );
    expect(text).toContain('helm upgrade --install golden-small coder --repo ');
    // Where charts and images come from mirrors, they have to be there before
    const mirrored = section(
      golden('air-gapped').get('docs/runbooks.md')!,
      'Upgrade',
    );
    expect(mirrored.indexOf('to the mirrors')).toBeGreaterThan(-1);
    expect(mirrored.indexOf('to the mirrors')).toBeLessThan(
      mirrored.indexOf('--replicas=0'),
    );
  });

  it('makes new keys where the bootstrap Job wrote them, and restarts all that read them', () => {
    const text = section(
      golden('multi-region').get('docs/runbooks.md')!,
      'Rotate keys',
    );
    expect(text).toMatch(
      /kubectl --context eu-west-1 --namespace coder-golden-multi delete secret .*hand-over-provisioners-us-east .*hand-over-proxy-ap-south/,
    );
    expect(text).toContain('make bootstrap hand-over restart\n');
    const [, restart] = golden('multi-region')
      .get('Makefile')!
      .split('\nrestart:\n');
    expect(restart).toMatch(
      /--namespace coder-golden-multi-proxy-ap-south rollout restart deployment\/coder$/m,
    );
    expect(text.indexOf('create secret generic coder-bootstrap')).toBeLessThan(
      text.indexOf('make bootstrap'),
    );
    expect(golden('multi-region').get('docs/secrets.md')).toContain(
      '| `hand-over-proxy-us-east` | `coder-proxy-token-us-east` | `coder-golden-multi-proxy-us-east` | `us-east-1` |',
    );
  });
});

describe('when the cluster of the control plane is lost', () => {
  const lost = (name: string) =>
    section(golden(name).get('docs/runbooks.md')!, 'A lost cluster');

  it.each(GOLDEN)('Coder of %s starts after the restore only', name => {
    const text = lost(name);
    expect(text).toMatch(
      /apply --server-side --kustomize kubernetes\/control-plane\n/,
    );
    expect(text).not.toMatch(
      /make releases|helm upgrade|kustomize clusters|flux\/|argo-cd\/releases/,
    );
    expect(text.indexOf('[Restore](#restore)')).toBeLessThan(
      text.indexOf('Coder must not start on an empty database'),
    );
  });

  it('Argo CD is paused first, as it lives on', () => {
    expect(lost('large').indexOf('"automated":null')).toBeLessThan(
      lost('large').indexOf('Make a new cluster'),
    );
    expect(lost('large')).toContain('"automated":null');
  });

  it('nobody trusts a volume that was lost with it', () => {
    expect(lost('small')).toContain('`coder-backups` was in this cluster');
    expect(lost('large')).not.toContain('`coder-backups`');
  });
});

describe('what real kubectl makes of the commands', () => {
  let kubectl: string | undefined;
  let root: string;
  beforeAll(async () => {
    kubectl = await findKubectl();
    if (!kubectl) {
      process.stderr.write('Skipped: no kubectl on this machine\n');
    }
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'coder-fleet-documents-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** The patch of a command, applied to an object without a cluster. */
  function patched(line: string, object: unknown): any {
    writeFileSync(join(root, 'object.yaml'), JSON.stringify(object));
    const [, type] = / --type (\S+) /.exec(line)!;
    const [, patch] = / --patch (.*?'[^']*')(?: \||$)/.exec(line)!;
    return parse(
      execFileSync(
        'sh',
        [
          '-c',
          `"$0" patch --local --filename object.yaml --output yaml --type ${type} --patch ${patch}`,
          kubectl!,
        ],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, VERSION: '2.30.1', SET: 'a-set' },
        },
      ),
    );
  }

  const lineOf = (files: ReadonlyMap<string, string>, words: string) =>
    files
      .get('docs/runbooks.md')!
      .split('\n')
      .find(line => line.includes(words))!;

  it('runs restore.sh with a set, into the target', () => {
    if (!kubectl) {
      return;
    }
    for (const [name, secret] of [
      ['small', { name: 'coder-restore-target', key: 'url' }],
      ['large', { name: 'coder-database-app', key: 'uri' }],
    ] as const) {
      const files = golden(name);
      const [backup] = parseAllDocuments(
        files.get('kubernetes/backup/cron-jobs.yaml')!,
      ).map(document => document.toJS());
      const job = patched(lineOf(files, 'restore.sh","'), {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'coder-restore' },
        ...backup.spec.jobTemplate,
      });
      // A second try would find a database that is no longer empty
      expect(job.spec.backoffLimit).toBe(0);
      const [container] = job.spec.template.spec.containers;
      expect(container.command).toEqual([
        'bash',
        '/scripts/restore.sh',
        'a-set',
      ]);
      expect(container.env.slice(-1)).toEqual([
        {
          name: 'TARGET_DATABASE_URL',
          valueFrom: { secretKeyRef: secret },
        },
      ]);
    }
  });

  it('gives Flux another version with one replica', () => {
    if (!kubectl) {
      return;
    }
    const files = golden('multi-region');
    const release = parseAllDocuments(
      files.get('clusters/eu-west-1/flux.yaml')!,
    )
      .map(document => document.toJS())
      .find(
        ({ kind, metadata }) =>
          kind === 'HelmRelease' && metadata.name === 'golden-multi',
      );
    const { spec } = patched(lineOf(files, 'patch helmrelease'), release);
    expect(spec.chart.spec).toMatchObject({
      chart: 'coder',
      version: '2.30.1',
    });
    expect(spec.values.coder).toMatchObject({
      replicaCount: 1,
      image: { tag: 'v2.30.1' },
      env: release.spec.values.coder.env,
    });
  });

  it('gives Argo CD another version with one replica, and takes its hands off before', () => {
    if (!kubectl) {
      return;
    }
    const files = golden('large');
    const application = parseAllDocuments(files.get('argo-cd/releases.yaml')!)
      .map(document => document.toJS())
      .find(({ metadata }) => metadata.name === 'golden-large');
    const paused = patched(lineOf(files, '"automated":null'), application);
    expect(paused.spec.syncPolicy).not.toHaveProperty('automated');
    const { spec } = patched(lineOf(files, '"coder.replicaCount"'), paused);
    expect(spec.sources[0]).toMatchObject({
      targetRevision: '2.30.1',
      helm: {
        valueFiles: application.spec.sources[0].helm.valueFiles,
        parameters: [
          { name: 'coder.replicaCount', value: '1' },
          { name: 'coder.image.tag', value: 'v2.30.1' },
        ],
      },
    });
    expect(spec.syncPolicy).toEqual(application.spec.syncPolicy);
  });

  it('gives credentials of a registry the type that the kubelet reads', () => {
    if (!kubectl) {
      return;
    }
    const files = golden('air-gapped');
    const line = files
      .get('README.md')!
      .split('\n')
      .find(text => text.includes(' registry-credentials '))!;
    const auths = JSON.stringify({
      auths: { 'registry.internal.example.com': { auth: 'YTpi' } },
    });
    writeFileSync(join(root, 'config.json'), auths);
    const secret = JSON.parse(
      execFileSync(
        kubectl,
        [
          ...line
            .replace(/--context \S+ /, '')
            .split(' ')
            .slice(1),
          ...['--dry-run=client', '--output', 'json'],
        ],
        { cwd: root, encoding: 'utf8' },
      ),
    );
    expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
    expect(
      Buffer.from(secret.data['.dockerconfigjson'], 'base64').toString(),
    ).toBe(auths);
  });
});

describe('what is mirrored before an install without a public network', () => {
  const AIR_GAPPED = GOLDEN.find(([name]) => name === 'air-gapped')![1];
  const airGapped = (spec: Record<string, unknown>) =>
    parseDeployment({ ...AIR_GAPPED, spec: { ...AIR_GAPPED.spec, ...spec } });
  const mirror = (files: ReadonlyMap<string, string>) =>
    section(files.get('README.md')!, 'Mirror first');
  const { observability } = AIR_GAPPED.spec;

  /** Images of manifests, values and build files, with their tags. */
  const imagesOf = (files: ReadonlyMap<string, string>) => {
    const found = new Set<string>();
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) {
        return;
      }
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && /^image(Name)?$/.test(key)) {
          found.add(value);
        } else if (key === 'image' && value?.repo) {
          found.add(`${value.repo}:${value.tag}`);
        } else {
          look(value);
        }
      }
    };
    for (const [path, content] of files) {
      if (/\.ya?ml$/.test(path)) {
        parseAllDocuments(content).forEach(each => look(each.toJS()));
      }
      for (const [, image] of content.matchAll(/^FROM (\S+)$/gm)) {
        if (!path.endsWith('.md')) {
          found.add(image);
        }
      }
    }
    return [...found];
  };

  it.each([
    ['as the example is', AIR_GAPPED, 4],
    [
      'with events of workspaces',
      airGapped({ observability: { ...observability, logstream: true } }),
      5,
    ],
    [
      'with a database and an image of its own',
      airGapped({
        database: { type: 'external' },
        backup: {
          ...AIR_GAPPED.spec.backup,
          image: 'images.example.com/jobs:1',
        },
      }),
      3,
    ],
  ])('are all images, %s', (_, request, count) => {
    const files = filesOf(request);
    const images = imagesOf(files);
    expect(images).toHaveLength(count);
    for (const image of images) {
      expect(image).toMatch(/^(registry\.internal|images)\.example\.com\//);
      expect(mirror(files)).toContain(`| \`${image}\` |`);
      expect(mirror(files)).toMatch(
        new RegExp(`^docker (tag \\S+|build .*--tag) ${image}( |$)`, 'm'),
      );
      expect(mirror(files)).toContain(`\ndocker push ${image}\n`);
      expect(mirror(files)).toMatch(
        new RegExp(`^docker save .* ${image}( |$)`, 'm'),
      );
    }
  });

  it('are all charts, from where they are in public', () => {
    const text = mirror(
      filesOf(
        airGapped({ observability: { ...observability, logstream: true } }),
      ),
    );
    for (const pulled of [
      'coder --repo https://helm.coder.com/v2 --version 2.34.10 ',
      'coder-provisioner --repo https://helm.coder.com/v2 --version 2.34.10 ',
      'coder-logstream-kube --repo https://helm.coder.com/logstream-kube --version 0.0.15 ',
    ]) {
      expect(text).toContain(`\nhelm pull ${pulled}`);
    }
    expect(text).toContain(
      'helm repo index coder-charts --url https://charts.internal.example.com/coder\n',
    );
    const { chartRepository, ...airGap } = AIR_GAPPED.spec.airGap!;
    expect(mirror(filesOf(airGapped({ airGap })))).toContain(
      'set `spec.airGap.chartRepository`',
    );
  });

  it('are the providers of Terraform, in the image that provisioners run', () => {
    const text = mirror(filesOf(AIR_GAPPED));
    const [dockerfile] = text
      .split("> coder-image/Dockerfile <<'END'\n")[1]
      .split('\nEND\n');
    expect(dockerfile).toContain('FROM ghcr.io/coder/coder:v2.34.10\n');
    const [, folder] = /COPY \S+ providers (\S+)/.exec(dockerfile)!;
    const [, config] = /COPY \S+ providers\.tfrc (\S+)/.exec(dockerfile)!;
    expect(dockerfile).toContain(`ENV TF_CLI_CONFIG_FILE=${config}`);
    expect(text).toContain(`    path = "${folder}"\n`);
    expect(text).toContain(
      '--tag registry.internal.example.com/coder/coder:v2.34.10 coder-image\n',
    );
  });

  it('is built before the install, which builds nothing from inside', () => {
    const readme = golden('air-gapped').get('README.md')!;
    expect(section(readme, 'Install')).not.toContain('docker ');
    expect(mirror(golden('air-gapped'))).toContain('Debian');
    expect(readme.indexOf('## Mirror first')).toBeLessThan(
      readme.indexOf('## Install'),
    );
    const connected = golden('small').get('README.md')!;
    expect(connected).not.toContain('Mirror first');
    expect(section(connected, 'Install')).toContain('docker build ');
  });
});

describe('what an Ingress controller has to know', () => {
  const names = (exposure: Record<string, unknown>) =>
    section(
      filesOf(deployment({ exposure: { type: 'ingress', ...exposure } })).get(
        'README.md',
      )!,
      'Names and certificates',
    );

  it.each([[{}], [{ className: 'nginx' }]])(
    'is a piece of the spec for ingress-nginx, with %j',
    exposure => {
      const [, block] = /^```yaml\n([^]*?)^```$/m.exec(names(exposure))!;
      const { annotations } = parse(block).spec.exposure;
      expect(annotations).toEqual({
        'nginx.ingress.kubernetes.io/proxy-body-size': '100m',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
        'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
      });
      // Once they are there, nobody is asked for them any more
      expect(names({ ...exposure, annotations })).not.toContain(
        'nginx.ingress.kubernetes.io',
      );
      const [[first, value], ...others] = Object.entries(annotations);
      const rest = names({ ...exposure, annotations: { [first]: value } });
      expect(rest).not.toContain(first);
      for (const [key] of others) {
        expect(rest).toContain(key);
      }
    },
  );

  it('is said in words for another class', () => {
    const text = names({ className: 'traefik' });
    expect(text).not.toContain('nginx');
    expect(text).toMatch(/100 MiB.*websockets.*`spec\.exposure\.annotations`/);
  });
});

describe('names of Services', () => {
  it.each([
    [{ type: 'load-balancer', tls: { secret: 'web' } }, 'coder-public'],
    [{ type: 'load-balancer' }, 'coder'],
  ])('are those that are rendered, for %j', (exposure, service) => {
    const files = filesOf(deployment({ exposure }));
    const text = section(files.get('README.md')!, 'Names and certificates');
    expect(text).toContain(`| the Service \`${service}\` in `);
    expect(text).toMatch(
      new RegExp(` get service ${service} --output wide$`, 'm'),
    );
    const rendered = parse(
      files.get('kubernetes/control-plane/service.yaml') ?? 'null',
    );
    expect(rendered?.metadata.name ?? 'coder').toBe(service);
  });

  it('lead to Grafana of the bundle', () => {
    const request = deployment({
      observability: { type: 'coder-observability' },
    });
    expect(filesOf(request).get('docs/observability.md')).toContain(
      '\nkubectl --context eu-west-1 --namespace coder-observability port-forward service/grafana 3000:80\n',
    );
  });
});

describe('a token for reports', () => {
  it('is not needed for a backup or a drill to run', () => {
    const request = deployment({
      backup: {
        schedule: '0 2 * * *',
        report: { url: 'https://portal.example.com/reports' },
      },
    });
    const jobs = parseAllDocuments(
      filesOf(request).get('kubernetes/backup/cron-jobs.yaml')!,
    ).map(document => document.toJS().spec.jobTemplate.spec.template.spec);
    expect(jobs).toHaveLength(2);
    for (const { volumes } of jobs) {
      expect(
        volumes.find(({ name }: any) => name === 'report-token').secret,
      ).toMatchObject({ optional: true });
    }
    expect(section(filesOf(request).get('README.md')!, 'Backups')).toContain(
      'Without it the jobs run',
    );
  });
});

describe('the README', () => {
  it('brings every cluster to its tool', () => {
    const readme = golden('multi-region').get('README.md')!;
    for (const cluster of ['eu-west-1', 'us-east-1', 'ap-south-1']) {
      expect(readme).toContain(
        `kubectl --context ${cluster} apply --server-side --filename flux/${cluster}.yaml`,
      );
      expect(readme).toContain(
        `kubectl --context ${cluster} --namespace coder-observability create secret generic coder-observability-grafana`,
      );
    }
  });

  it('says how a template asks for a region', () => {
    const readme = golden('multi-region').get('README.md')!;
    expect(readme).toContain(
      '| `us-east` | `region=us-east` | `us-east-1` | `coder-golden-multi-workspaces-us-east` |',
    );
    expect(readme).toContain('| `eu-west` | none | `eu-west-1` |');
    expect(golden('small').get('README.md')).not.toContain('region=');
  });

  it('makes the role before it looks at the database', () => {
    const text = section(golden('small').get('README.md')!, 'Database');
    expect(text.indexOf('--file database/grants.sql')).toBeGreaterThan(-1);
    expect(text.indexOf('--file database/grants.sql')).toBeLessThan(
      text.indexOf('sh database/check.sh'),
    );
  });

  it.each([
    ['rds', 'db.m6i.2xlarge', 'db.m6i.large'],
    ['cloud-sql', 'db-perf-optimized-N-8', 'db-perf-optimized-N-2'],
    ['azure', 'Standard_D8s_v5', 'Standard_D2s_v5'],
  ])('names a machine of %s that the plan fits', (type, named, other) => {
    const readme = filesOf(deployment({ database: { type } })).get(
      'README.md',
    )!;
    expect(readme).toMatch(
      new RegExp(`\\| \`${named}\` \\(8 vCPU.*names \`${other}\` \\(2 vCPU`),
    );
  });

  it('says from where the operator of the database is let in', () => {
    const request = deployment({ database: { type: 'cloudnative-pg' } });
    const text = section(
      filesOf(request).get('README.md')!,
      'Before you begin',
    );
    expect(text).toContain('`cnpg-system`');
    expect(text).toContain(
      '`kubectl --context eu-west-1 label namespace OPERATOR coder-fleet.io/database-operator=true`',
    );
  });

  it('asks for an Argo CD that leaves our labels as they are', () => {
    const text = section(golden('large').get('README.md')!, 'Before you begin');
    expect(text).toMatch(
      /3\.0 or newer .*`application\.resourceTrackingMethod: annotation` in `argocd-cm`/,
    );
  });

  it('lets Argo CD make the namespaces first', () => {
    const text = section(golden('large').get('README.md')!, 'Install');
    expect(text.indexOf('argo-cd/manifests.yaml')).toBeLessThan(
      text.indexOf(
        'get namespace coder-golden-large coder-golden-large-workspaces-eu-central; do',
      ),
    );
    expect(
      text.indexOf(
        'get namespace coder-golden-large coder-golden-large-workspaces-eu-central; do',
      ),
    ).toBeLessThan(text.indexOf('argo-cd/releases.yaml'));
    expect(text).not.toContain('wave by wave');
  });
});

describe('the node groups of the README', () => {
  const nodeGroups = (request: CoderDeployment) =>
    section(filesOf(request).get('README.md')!, 'Node groups');
  const operated = nodeGroups(
    deployment({
      users: { expected: 2000 },
      database: { type: 'cloudnative-pg', highlyAvailable: true },
    }),
  );

  it('give a database that is made here nodes of its own, with the label and taint that its instances ask for', () => {
    // 60 GB are 55.9 GiB: they fit on 64, of which 58.4 are left
    expect(operated).toMatch(
      /^\| `eu-west-1` \| `database` \| 3 \| 32 vCPU, 64 GiB \| .*16 vCPU, 60 GB/m,
    );
    for (const command of [
      'label nodes "$DATABASE_NODE" coder-fleet.io/node-group=database',
      'taint nodes "$DATABASE_NODE" coder-fleet.io/node-group=database:NoSchedule',
    ]) {
      expect(operated).toContain(`kubectl --context eu-west-1 ${command}\n`);
    }
    const { affinity } = parse(
      filesOf(deployment({ database: { type: 'cloudnative-pg' } })).get(
        'kubernetes/database/cluster.yaml',
      )!,
    ).spec;
    expect(affinity.nodeSelector).toEqual({
      'coder-fleet.io/node-group': 'database',
    });
    expect(affinity.tolerations).toEqual([
      {
        key: 'coder-fleet.io/node-group',
        operator: 'Equal',
        value: 'database',
        effect: 'NoSchedule',
      },
    ]);
    expect(operated).toMatch(/runs there: provisioners, jobs and what else/);
  });

  it('say whose rule the node for updates is: the source counts pods', () => {
    expect(operated).toMatch(
      /^\| `eu-west-1` \| `control-plane` \| 4 \|.*\[CVA/m,
    );
    expect(operated).toContain(
      'one node more for updates, is a rule of Coder Fleet.',
    );
  });

  it('name what the bundle brings, which no row counts', () => {
    const bundled = nodeGroups(
      deployment({ observability: { type: 'coder-observability' } }),
    );
    expect(bundled).toContain(
      'runs there: provisioners, Prometheus, Loki and Grafana, jobs and what else you install. The table counts provisioners alone: add room for the rest.',
    );
    expect(operated).not.toContain('Prometheus');
    expect(nodeGroups(deployment({ edition: 'community' }))).toContain(
      'runs there: jobs and what else you install. The table has no row for it: add room.',
    );
  });

  it('have none for a database that runs elsewhere', () => {
    expect(nodeGroups(deployment())).not.toMatch(/database/i);
  });
});
