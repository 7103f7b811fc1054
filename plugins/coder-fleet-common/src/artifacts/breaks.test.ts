import { GOLDEN } from '../__testUtils__/golden';
import { plan } from '../architecture/plan';
import { evaluate } from '../cva/evaluate';
import { requestEvidence } from '../cva/requestEvidence';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import { BUNDLED_CALENDAR } from '../release/calendar';
import type { Artifact } from './artifact';
import { render } from './render';

const NOW = new Date(BUNDLED_CALENDAR.asOf);

const EDITED = 'FLT-RDY-001';

/** A file, the rule that has to notice, and what is broken: a text, or all of the file. */
type Break = [path: RegExp, rule: string, from?: string | RegExp, to?: string];

/**
 * One way at least to break each artifact, and the rule that says so. Text for people and for other tools is judged as a whole:
 * whether it still is what was rendered.
 */
const BREAKS: readonly Break[] = [
  [
    /^helm\/control-plane\/values\.yaml$/,
    'CVA-TOP-001',
    /replicaCount: \d+/,
    'replicaCount: 1',
  ],
  [
    /^helm\/provisioners\/.*\/values\.yaml$/,
    'CVA-PRV-002',
    /replicaCount: \d+/,
    'replicaCount: 0',
  ],
  [
    /^helm\/proxies\/.*\/values\.yaml$/,
    'CVA-TOP-004',
    'workspaceProxy: true',
    'workspaceProxy: false',
  ],
  [/^helm\/(?:observability|logstream)\//, EDITED, 'coder', 'other'],
  [
    /^kubernetes\/(?:control-plane|provisioners|proxies).*\/namespace\.yaml$/,
    'FLT-CMP-002',
    'enforce: restricted',
    'enforce: baseline',
  ],
  [
    /^kubernetes\/workspaces\/.*\/namespace\.yaml$/,
    'FLT-CMP-002',
    'enforce: baseline',
    'enforce: privileged',
  ],
  [
    /^kubernetes\/control-plane\/network-policies\.yaml$/,
    'CVA-NET-001',
    'port: 5432',
    'port: 5433',
  ],
  [
    /^kubernetes\/(?:provisioners|proxies)\/.*\/network-policies\.yaml$/,
    'FLT-NET-003',
    /port: (?:443|6443|8080)/g,
    'port: 1',
  ],
  [/^kubernetes\/workspaces\/.*\/network-policies\.yaml$/, 'FLT-NET-004'],
  [
    /^kubernetes\/workspaces\/.*\/network-policies\.yaml$/,
    'FLT-NET-005',
    '169.254.169.254/32',
    '169.254.169.253/32',
  ],
  [/^kubernetes\/observability\/.*\/network-policies\.yaml$/, 'FLT-NET-005'],
  [
    /^kubernetes\/(?:database|backup|bootstrap)\/network-policies\.yaml$/,
    'FLT-NET-003',
  ],
  [
    /pod-disruption-budget\.yaml$/,
    'FLT-TOP-001',
    'maxUnavailable: 1',
    'maxUnavailable: 9',
  ],
  [
    /^kubernetes\/control-plane\/metrics\.yaml$/,
    EDITED,
    'port: 2112',
    'port: 2113',
  ],
  [/metrics\.yaml$/, EDITED, 'port: 2112', 'port: 2113'],
  [/alerts\.yaml$/, 'FLT-OBS-001', /coderd_license_/g, 'other_license_'],
  [
    /certificate\.yaml$/,
    'FLT-NET-002',
    /coder\.example\.com/g,
    'other.example.com',
  ],
  [/\/service\.yaml$/, 'FLT-NET-002', 'targetPort: https', 'targetPort: http'],
  [/resource-quota\.yaml$/, 'FLT-CMP-001', 'requests.cpu', 'limits.cpu'],
  [/limit-range\.yaml$/, 'FLT-CMP-001', 'defaultRequest', 'min'],
  [/rbac\.yaml$/, 'FLT-PRV-001', /- (?:pods|secrets)\n/, "- '*'\n"],
  [
    /^kubernetes\/backup\/cron-jobs\.yaml$/,
    'FLT-REC-004',
    /schedule: .*/,
    'schedule: 0 0 1 1 *',
  ],
  [/^kubernetes\/backup\/(?:backup|restore)\.sh$/, 'CVA-REC-004'],
  [
    /^kubernetes\/database\/cluster\.yaml$/,
    'FLT-DB-001',
    /instances: \d/,
    'instances: 0',
  ],
  [
    /^kubernetes\/database\/object-store\.yaml$/,
    'FLT-DB-001',
    's3://',
    'gs://',
  ],
  [
    /^kubernetes\/database\/scheduled-backup\.yaml$/,
    'FLT-DB-001',
    'schedule: 0 ',
    'schedule: 30 ',
  ],
  [
    /^kubernetes\/bootstrap\/job\.yaml$/,
    'FLT-RDY-006',
    '- name: TMPDIR',
    '- name: ADMIN_PASSWORD',
  ],
  // What has no meaning that a rule knows: whether it is still as it was rendered
  [
    /^(?:README|Makefile|CODEOWNERS|catalog-info|ci\/|docs\/|database\/|clusters\/|flux\/|argo-cd\/|\.git|azure|bitbucket)/,
    EDITED,
    /$/,
    '\n# another\n',
  ],
  [
    /^kubernetes\/.*(?:service-account|volume|kustomization)\.yaml$/,
    EDITED,
    /$/,
    '\n# another\n',
  ],
  [
    /^kubernetes\/.*(?:\.sh|\.json|Containerfile)$/,
    EDITED,
    /$/,
    '\n# another\n',
  ],
  [
    /^kubernetes\/observability\/.*namespace\.yaml$/,
    EDITED,
    'monitoring',
    'other',
  ],
];

/** The file of the request is what the others are compared with; the lock is what is compared. */
const NOT_BROKEN = new Set(['coder-deployment.yaml', '.coder-fleet/lock.json']);

function failing(
  deployment: CoderDeployment,
  artifacts: readonly Artifact[],
): string[] {
  return evaluate({
    evidence: requestEvidence({
      deployment,
      plan: plan(deployment),
      artifacts,
      now: NOW,
    }),
    now: NOW,
  })
    .findings.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .map(({ rule }) => rule);
}

describe.each(GOLDEN)('%s', (_, deployment) => {
  const artifacts = render(deployment);
  const before = new Set(failing(deployment, artifacts));

  it('has a rule for each of its files that is broken', () => {
    const unnoticed = artifacts
      .filter(({ path }) => !NOT_BROKEN.has(path))
      .flatMap(({ path, content }) => {
        const found = BREAKS.filter(([pattern]) => pattern.test(path));
        if (found.length === 0) {
          return [`${path}: nobody says how it breaks`];
        }
        return found.flatMap(([, rule, from, to]) => {
          const broken = artifacts.flatMap(artifact => {
            if (artifact.path !== path) {
              return [artifact];
            }
            return from === undefined
              ? []
              : [{ path, content: content.replace(from, to!) }];
          });
          if (from !== undefined && content.replace(from, to!) === content) {
            return [`${path}: it is not broken`];
          }
          const now = failing(deployment, broken);
          return now.includes(rule) && !before.has(rule)
            ? []
            : [
                `${path}: ${rule} did not notice, only ${now.filter(
                  id => !before.has(id),
                )}`,
              ];
        });
      });
    expect(unnoticed).toEqual([]);
  });
});
