import fc from 'fast-check';
import {
  DEPLOYMENT_FORM_FIELDS,
  DeploymentForm,
  specOfForm,
} from '../deployment/form';
import { toDeployment } from '../deployment/parse';
import { blockingFindings } from './blocking';
import { previewRequest } from './preview';

const NOW = new Date('2026-06-01T12:00:00Z');
const FORM: DeploymentForm = {
  name: 'aurora',
  displayName: 'Aurora',
  owner: 'group:default/team-retail',
  businessUnit: 'retail',
  edition: 'premium',
  expectedUsers: 800,
  activeShare: 0.5,
  region: 'eu-west',
  cluster: 'retail-eu-west',
  accessUrl: 'https://aurora.example.com',
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  databaseHighlyAvailable: true,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  supportLinks: [],
};
const preview = (form: DeploymentForm) => previewRequest({ form, now: NOW });

describe('previewRequest', () => {
  it('plans and judges a form that is complete', () => {
    const { problems, plan, findings } = preview(FORM);
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({ name: 'aurora', tier: { value: '1k' } });
    expect(findings.find(({ rule }) => rule === 'CVA-TOP-001')).toMatchObject({
      verdict: 'pass',
    });
    expect(blockingFindings(findings)).toEqual([]);
  });

  it('shows the same plan as soon as edition and users are known, and what is missing', () => {
    const { edition, expectedUsers, activeShare } = FORM;
    const early = preview({ edition, expectedUsers, activeShare });
    const whole = preview(FORM);
    expect(early.plan?.tier).toEqual(whole.plan?.tier);
    expect(early.plan?.controlPlane.replicas).toEqual(
      whole.plan?.controlPlane.replicas,
    );
    expect(early.plan?.database).toEqual(whole.plan?.database);
    const paths = early.problems.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['metadata.name', 'spec.accessUrl']),
    );
    expect(preview({ edition }).plan).toBeUndefined();
  });

  it('follows what is typed', () => {
    expect(preview({ ...FORM, expectedUsers: 5000 }).plan?.tier.value).toBe(
      '10k',
    );
    const community = preview({ ...FORM, edition: 'community' });
    expect(
      community.findings.find(({ rule }) => rule === 'CVA-TOP-001'),
    ).toMatchObject({ verdict: 'fail' });
  });

  it('is what the request itself will be: with what stays, and where backups report to', () => {
    const present = toDeployment({
      name: 'aurora',
      spec: { ...specOfForm(FORM), costCentre: '4711' },
    });
    const { deployment, kept } = previewRequest({
      form: FORM,
      now: NOW,
      present,
      reportsBaseUrl: 'https://portal.example.com/api/coder-fleet',
    });
    expect(kept).toEqual(['spec.costCentre']);
    expect(deployment?.spec).toMatchObject({
      costCentre: '4711',
      backup: { report: { url: expect.stringMatching(/aurora$/) } },
    });
    expect(preview(FORM).kept).toEqual([]);
    expect(preview({ ...FORM, owner: '' })).not.toHaveProperty('deployment');
  });

  it('plans by the tables that are asked for', () => {
    const { plan } = previewRequest({
      form: FORM,
      now: NOW,
      generation: 'legacy',
    });
    expect(plan?.cvaGeneration).toBe('legacy');
  });

  it('knows who has to approve as soon as the business unit is known', () => {
    const approval = (form: DeploymentForm) =>
      previewRequest({
        form,
        now: NOW,
        policies: [
          { businessUnit: 'retail', approval: 'portal' },
          { businessUnit: '*' },
        ],
      }).approval;
    expect(approval(FORM)).toBe('portal');
    expect(approval({ businessUnit: 'retail' })).toBe('portal');
    expect(approval({ ...FORM, businessUnit: 'payments' })).toBe('none');
    expect(approval({})).toBe('none');
    expect(approval({ businessUnit: ['retail'] })).toBe('none');
    expect(preview(FORM).approval).toBe('none');
  });

  it('says that no validated architecture covers a load', () => {
    const { plan, wrong } = preview({
      edition: 'premium',
      expectedUsers: 10_000,
      activeShare: 1,
    });
    expect(plan).toBeUndefined();
    expect(wrong).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('No validated architecture covers'),
      }),
    ]);
  });

  it('never throws, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            DEPLOYMENT_FORM_FIELDS.map(field => [
              field,
              fc.oneof(
                { weight: 4, arbitrary: fc.constant(FORM[field]) },
                { weight: 1, arbitrary: fc.anything() },
              ),
            ]),
          ),
          { requiredKeys: [] },
        ),
        form => {
          const { plan, problems } = preview(form);
          expect(plan !== undefined || problems.length > 0).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
