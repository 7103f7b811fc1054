import { parse, parseAllDocuments } from 'yaml';
import { deployment } from '../__testUtils__/deployments';
import { placeOf, plan } from '../architecture/plan';
import { evaluate } from '../cva/evaluate';
import { requestEvidence } from '../cva/requestEvidence';
import { BUNDLED_CALENDAR } from '../release/calendar';
import { render } from './render';

const request = deployment({
  organizations: ['research'],
  regions: [
    { name: 'eu-west', cluster: 'eu-west-1' },
    {
      name: 'us-east',
      cluster: 'us-east-1',
      proxy: { accessUrl: 'https://us.aurora.example.com' },
    },
  ],
});
const planned = plan(request);
const files = new Map(
  render(request).map(({ path, content }) => [path, content]),
);

describe('organizations with provisioners of their own', () => {
  it('have a release in each region, with a namespace that no other has', () => {
    expect(planned.provisioners.map(placeOf)).toEqual([
      'eu-west',
      'research.eu-west',
      'us-east',
      'research.us-east',
    ]);
    const namespaces = planned.provisioners.map(({ namespace }) => namespace);
    expect(new Set(namespaces).size).toBe(4);
    expect(namespaces[1]).toBe('coder-aurora-provisioners-eu-west-of-research');
  });

  it('share the provisioners of the tier', () => {
    const total = planned.provisioners.reduce(
      (sum, { replicas }) => sum + replicas.value,
      0,
    );
    expect(total).toBeGreaterThanOrEqual(planned.totals.provisioners.value);
    expect(total).toBeLessThan(planned.totals.provisioners.value + 4);
  });

  it('are installed, let in and may build, each by a key of its own', () => {
    const values = parse(
      files.get('helm/provisioners/research.eu-west/values.yaml')!,
    );
    expect(values.coder.replicaCount).toBe(
      planned.provisioners[1].replicas.value,
    );
    const [job] = parseAllDocuments(
      files.get('kubernetes/bootstrap/job.yaml')!,
    );
    expect(
      job
        .toJS()
        .spec.template.spec.containers[0].env.find(
          ({ name }: { name: string }) => name === 'PROVISIONER_KEYS',
        ).value,
    ).toBe(
      [
        'default eu-west coder-aurora coder-provisioner-key key',
        'research eu-west coder-aurora-provisioners-eu-west-of-research coder-provisioner-key key',
        'default us-east coder-aurora hand-over-provisioners-us-east key region=us-east',
        'research us-east coder-aurora hand-over-provisioners-us-east-of-research key region=us-east',
      ].join('\n'),
    );
    const [, binding] = parseAllDocuments(
      files.get('kubernetes/workspaces/eu-west/rbac.yaml')!,
    ).map(document => document.toJS());
    expect(
      binding.subjects.map(({ namespace }: { namespace: string }) => namespace),
    ).toEqual([
      'coder-aurora',
      'coder-aurora-provisioners-eu-west-of-research',
    ]);
    expect(files.get('docs/secrets.md')).toContain(
      'the provisioner key of research.us-east',
    );
  });

  it('pass the rules', () => {
    const now = new Date(BUNDLED_CALENDAR.asOf);
    const { findings } = evaluate({
      evidence: requestEvidence({
        deployment: request,
        plan: planned,
        artifacts: render(request),
        now,
      }),
      now,
    });
    expect(
      findings.filter(
        ({ verdict }) => verdict === 'fail' || verdict === 'warn',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      { organizations: ['default'] },
      /The default organization has provisioners/,
    ],
    [{ organizations: ['a', 'a'] }, /The organization a is listed twice/],
    [
      { organizations: ['a'], edition: 'community' },
      /More than one organization needs Premium/,
    ],
    [{ organizations: ['A b'] }, /organizations\.0: /],
  ])('are refused as %j', (spec, words) => {
    expect(() => deployment(spec)).toThrow(words);
  });
});
