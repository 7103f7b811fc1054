import fc from 'fast-check';
import { parse } from 'yaml';
import { deployment } from '../__testUtils__/deployments';
import { GOLDEN } from '../__testUtils__/golden';
import { plan } from '../architecture/plan';
import { evaluate } from '../cva/evaluate';
import { requestEvidence } from '../cva/requestEvidence';
import { BUNDLED_CALENDAR } from '../release/calendar';
import { fieldProblem } from '../deployment/fields';
import { parseDeploymentFile } from '../deployment/parse';
import { ARTIFACT_PATHS, Artifact } from './artifact';
import { parseLock, verifyArtifacts } from './lock';
import { render } from './render';

function file(artifacts: readonly Artifact[], path: string): string {
  const found = artifacts.find(artifact => artifact.path === path);
  if (!found) {
    throw new Error(`${path} was not rendered`);
  }
  return found.content;
}

const hostile = [
  'no',
  '0755',
  'yes # not a comment',
  '{{ .Release.Name }}',
  '${{ 7 * 7 }}',
  '$(reboot) `reboot` $HOME',
  "'; DROP TABLE deployments; --",
  '<script>alert(1)</script>',
  '- a: [b',
  '*anchor &alias !!js/function',
  '"quoted" \\ back',
  '| folded >',
  '名前 \u{1F680}',
];

describe('the findings of a rendered deployment', () => {
  it.each(GOLDEN)('are those of the files of %s', (_, request) => {
    const artifacts = render(request);
    const now = new Date(BUNDLED_CALENDAR.asOf);
    const { findings } = evaluate({
      evidence: requestEvidence({
        deployment: request,
        plan: plan(request),
        artifacts: artifacts.filter(({ path }) => path !== ARTIFACT_PATHS.lock),
        now,
      }),
      now,
    });
    const document = file(artifacts, 'docs/findings.md');
    const words = { pass: 'pass', unknown: 'unknown', skip: 'not applicable' };
    expect(
      findings.filter(
        ({ rule, verdict }) =>
          !new RegExp(
            `\\| \\[?${rule}[\\]|].*\\| ${words[verdict as 'pass']} \\|`,
          ).test(document),
      ),
    ).toEqual([]);
    expect(findings.length).toBeGreaterThan(50);
  });
});

describe('render', () => {
  it('renders every artifact of a Premium deployment', () => {
    expect(render(deployment()).map(({ path }) => path)).toEqual([
      'coder-deployment.yaml',
      'catalog-info.yaml',
      'helm/control-plane/values.yaml',
      'helm/provisioners/eu-west/values.yaml',
      'kubernetes/control-plane/namespace.yaml',
      'kubernetes/control-plane/network-policies.yaml',
      'kubernetes/control-plane/pod-disruption-budget.yaml',
      'kubernetes/control-plane/metrics.yaml',
      'kubernetes/control-plane/kustomization.yaml',
      'kubernetes/backup/service-account.yaml',
      'kubernetes/backup/volume.yaml',
      'kubernetes/backup/cron-jobs.yaml',
      'kubernetes/backup/network-policies.yaml',
      'kubernetes/backup/kustomization.yaml',
      'kubernetes/backup/backup.sh',
      'kubernetes/backup/drill.sh',
      'kubernetes/backup/lib.sh',
      'kubernetes/backup/restore.sh',
      'kubernetes/backup/verify.sh',
      'kubernetes/backup/Containerfile',
      'kubernetes/provisioners/eu-west/network-policies.yaml',
      'kubernetes/provisioners/eu-west/pod-disruption-budget.yaml',
      'kubernetes/provisioners/eu-west/metrics.yaml',
      'kubernetes/provisioners/eu-west/kustomization.yaml',
      'kubernetes/workspaces/eu-west/namespace.yaml',
      'kubernetes/workspaces/eu-west/resource-quota.yaml',
      'kubernetes/workspaces/eu-west/limit-range.yaml',
      'kubernetes/workspaces/eu-west/rbac.yaml',
      'kubernetes/workspaces/eu-west/network-policies.yaml',
      'kubernetes/workspaces/eu-west/kustomization.yaml',
      'kubernetes/bootstrap/service-account.yaml',
      'kubernetes/bootstrap/rbac.yaml',
      'kubernetes/bootstrap/job.yaml',
      'kubernetes/bootstrap/network-policies.yaml',
      'kubernetes/bootstrap/kustomization.yaml',
      'kubernetes/bootstrap/bootstrap.sh',
      'clusters/eu-west-1/kustomization.yaml',
      'Makefile',
      'ci/check.sh',
      'database/check.sh',
      'database/grants.sql',
      'database/second-role.sql',
      'CODEOWNERS',
      'docs/runbooks.md',
      'docs/observability.md',
      'docs/secrets.md',
      'docs/support.md',
      'README.md',
      'docs/findings.md',
      '.coder-fleet/lock.json',
    ]);
  });

  it('says what every rule finds, and first what is to be mended', () => {
    const of = (edition: string) =>
      file(render(deployment({ edition })), 'docs/findings.md');
    expect(of('premium')).toMatch(/\| \[CVA-TOP-001\]\(https.*\| pass \|/);
    expect(of('premium')).not.toContain('**FAIL**');
    expect(of('community')).toMatch(
      /## To be mended, or accepted\n\n(?:- .*\n)*- CVA-TOP-001, /,
    );
  });

  it('renders no provisioners for the community edition', () => {
    const paths = render(deployment({ edition: 'community' })).map(a => a.path);
    expect(paths.filter(path => path.includes('provisioners'))).toEqual([]);
  });

  const text = fc.oneof(
    fc.constantFrom(...hostile),
    fc
      .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
      .map(s => s.trim())
      .filter(s => fieldProblem('displayName', s) === undefined),
  );

  it('gives the same bytes for the deployment read back from its own file', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom('premium', 'community'),
        (displayName, linkName, expected, edition) => {
          const first = render(
            deployment({
              displayName,
              edition,
              users: { expected },
              supportLinks: [
                { name: linkName, target: 'https://help.example.com/$(x)' },
              ],
              unknownField: displayName,
            }),
          );
          const again = render(
            parseDeploymentFile(file(first, ARTIFACT_PATHS.deployment)),
          );
          expect(again).toEqual(first);
        },
      ),
    );
  });

  it.each(hostile)('lets %p arrive as text', displayName => {
    const artifacts = render(
      deployment({
        displayName,
        supportLinks: [{ name: displayName, target: 'mailto:a@example.com' }],
      }),
    );
    const read = parseDeploymentFile(file(artifacts, 'coder-deployment.yaml'));
    expect(read.spec.displayName).toBe(displayName);
    const entity = parse(file(artifacts, 'catalog-info.yaml'));
    expect(entity.metadata.title).toBe(`${displayName} configuration`);
    const values = parse(file(artifacts, 'helm/control-plane/values.yaml'));
    const links = values.coder.env.find(
      (variable: { name: string }) => variable.name === 'CODER_SUPPORT_LINKS',
    ).value;
    // Kubernetes makes one $ of two.
    expect(JSON.parse(links.replace(/\$\$/g, '$'))[0].name).toBe(displayName);
    expect(file(artifacts, 'README.md')).not.toContain('<script>');
  });

  it('keeps a secret out of every file', () => {
    const all = render(deployment())
      // The scripts build URLs at run time; what they hold, each deployment has alike
      .filter(({ path }) => !path.endsWith('.sh'))
      .map(({ content }) => content)
      .join('\n');
    // The README makes one out of a file that stays with the reader
    expect(all).not.toMatch(/postgres(ql)?:\/\/(?!coder:\$\(cat )/);
  });

  it('locks what it rendered: an edit and a loss are seen', () => {
    const artifacts = render(deployment());
    const files = new Map(artifacts.map(a => [a.path, a.content]));
    const lock = parseLock(file(artifacts, ARTIFACT_PATHS.lock));
    expect(lock).toBeDefined();
    expect(verifyArtifacts(files, lock!)).toEqual({ edited: [], missing: [] });

    files.set('README.md', 'edited');
    files.delete('catalog-info.yaml');
    files.set('notes.md', 'mine');
    expect(verifyArtifacts(files, lock!)).toEqual({
      edited: ['README.md'],
      missing: ['catalog-info.yaml'],
    });
  });

  it('gives commands that name release, chart version and values', () => {
    const text1 = file(render(deployment()), 'README.md');
    expect(text1).toContain(
      'helm upgrade --install aurora coder-v2/coder --kube-context eu-west-1 --namespace coder-aurora --version 2.36.5 --values helm/control-plane/values.yaml',
    );
    expect(text1).toContain(
      'helm upgrade --install aurora-provisioners-eu-west coder-v2/coder-provisioner --kube-context eu-west-1 --namespace coder-aurora --version 2.36.5 --values helm/provisioners/eu-west/values.yaml',
    );
  });

  it('does not read what is no lock', () => {
    expect(parseLock('{')).toBeUndefined();
    expect(parseLock('{"version":2}')).toBeUndefined();
  });
});
