import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import {
  type CoderFleetApi,
  formOfSpec,
  plan as planOf,
  render,
  specOfForm,
  toDeployment,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { coderFleetApiRef } from '../../api';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail } from '../../__testUtils__/fixtures';
import { coderFleetPlanOptions } from './coderFleetPlanOptions';

jest.setTimeout(30_000);

/** Answers of a whole form, but for the users. */
const ANSWERS = {
  name: 'aurora',
  displayName: 'Aurora',
  owner: 'group:default/team-retail',
  businessUnit: 'retail',
  edition: 'premium',
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

const plan = (options?: { last: boolean }) => ({
  type: 'null',
  'ui:field': 'CoderFleetPlan',
  ...(options && { 'ui:options': options }),
});

function renderForm(
  initialState?: Record<string, unknown>,
  requests?: Array<Record<string, unknown>>,
  options: { api?: CoderFleetApi; allowed?: boolean } = {},
) {
  const { api, allowed = true } = options;
  const onCreate = jest.fn(async () => {});
  const step = (title: string, properties: object) => ({
    title,
    schema: { type: 'object', properties } as never,
  });
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Template',
        steps: [
          step('First', {
            expectedUsers: { title: 'Users', type: 'integer' },
            token: { title: 'Token', type: 'string' },
            plan: plan(),
          }),
          step('Last', { plan: plan({ last: true }) }),
        ],
      }}
      extensions={[
        {
          ...coderFleetPlanOptions,
          schema: coderFleetPlanOptions.schema.schema,
        } as never,
      ]}
      initialState={initialState as never}
      onCreate={onCreate}
    />,
    {
      config: { coderFleet: { requests } } as never,
      apis: [
        ...(api ? [[coderFleetApiRef, api] as const] : []),
        mockApis.permission.mock({
          authorize: jest
            .fn()
            .mockResolvedValue({ result: allowed ? 'ALLOW' : 'DENY' }),
        }),
      ],
    },
  );
  return { onCreate };
}

const preview = () =>
  screen.findByRole('region', { name: 'What this leads to' });
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('CoderFleetPlan', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('waits for the users, and then follows what is typed', async () => {
    renderForm(ANSWERS);
    expect(
      within(await preview()).getByText(/The plan appears here once/),
    ).toBeInTheDocument();
    const users = screen.getByLabelText('Users');
    await userEvent.type(users, '500');
    expect(
      await screen.findByText('1k, for at most 1,000 users'),
    ).toBeInTheDocument();
    await userEvent.type(users, '0');
    expect(
      await screen.findByText('10k, for at most 10,000 users'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Still to be filled in/)).toBeNull();
  });

  it('says at once that no architecture covers a load', async () => {
    renderForm({ ...ANSWERS, activeShare: 1, expectedUsers: 9000 });
    expect(
      await screen.findByText(
        /the largest validated architecture|No validated architecture/i,
      ),
    ).toBeInTheDocument();
  });

  it('shows on the last step every figure with its source, and goes on', async () => {
    const { onCreate } = renderForm({ ...ANSWERS, expectedUsers: 800 });
    await preview();
    expect(screen.queryByRole('table')).toBeNull();
    await press('Next');
    expect(
      await screen.findByRole('table', { name: /plan/i }),
    ).toBeInTheDocument();
    await press('Review');
    await press('Create');
    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith(
        expect.objectContaining({ expectedUsers: 800, name: 'aurora' }),
      ),
    );
  });

  it('does not go on from the last step while something is missing or wrong', async () => {
    renderForm({
      ...ANSWERS,
      expectedUsers: 800,
      accessUrl: 'http://aurora.example.com',
      owner: undefined,
    });
    await preview();
    await press('Next');
    expect(
      await screen.findByText(/spec\.accessUrl: .*https/),
    ).toBeInTheDocument();
    await press('Review');
    await waitFor(() =>
      expect(screen.getAllByText(/spec\.owner: /).length).toBeGreaterThan(1),
    );
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('says that deviations have to be accepted, and goes on', async () => {
    renderForm({ ...ANSWERS, edition: 'community', expectedUsers: 100 });
    expect(
      await screen.findByText(/deviations? ha(s|ve) to be accepted/),
    ).toBeInTheDocument();
    await press('Next');
    await press('Review');
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['portal', true],
    ['pull-request', false],
    [undefined, false],
  ] as const)(
    'says beforehand whether somebody has to approve: %s',
    async (approval, said) => {
      renderForm({ ...ANSWERS, expectedUsers: 800 }, [
        { businessUnit: 'retail', ...(approval && { approval }) },
      ]);
      await screen.findByText('1k, for at most 1,000 users');
      const texts = screen.queryAllByText(
        'Somebody else has to approve the request: it waits until that is done.',
      );
      expect(texts).toHaveLength(said ? 1 : 0);
      await press('Next');
      await press('Review');
      expect(
        await screen.findByRole('button', { name: 'Create' }),
      ).toBeInTheDocument();
    },
  );

  it('keeps the answers in the address, and nothing else', async () => {
    renderForm(ANSWERS);
    await preview();
    await userEvent.type(screen.getByLabelText('Users'), '42');
    await userEvent.type(screen.getByLabelText('Token'), 'hush');
    const kept = () =>
      JSON.parse(
        new URLSearchParams(window.location.search).get('formData') ?? '{}',
      );
    await waitFor(() =>
      expect(kept()).toEqual({ ...ANSWERS, expectedUsers: 42 }),
    );
    expect(window.location.href).not.toContain('hush');
  });

  it('finds the answers again after a reload', async () => {
    const address = new URL(window.location.href);
    address.searchParams.set(
      'formData',
      JSON.stringify({ ...ANSWERS, expectedUsers: 1500 }),
    );
    window.history.replaceState(null, '', address);
    renderForm();
    expect(
      await screen.findByText('2k, for at most 2,000 users'),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Users')).toHaveValue(1500);
  });
});

/** An API behind which `aurora` is registered, with a file that was edited by hand. */
function registered() {
  const deployment = toDeployment({
    name: 'aurora',
    spec: {
      ...specOfForm({ ...ANSWERS, expectedUsers: 800 }),
      costCentre: '4711',
    },
  });
  const artifacts = render(deployment);
  const api = aCoderFleetApi({
    checkName: async name => ({ name, available: false }),
    getDeployment: async () =>
      aDetail({ name: 'aurora', deployment, plan: planOf(deployment) }),
    getArtifacts: async () => ({
      commit: 'abc',
      items: artifacts.map(({ path }) => ({
        path,
        size: 1,
        status: path === 'README.md' ? 'edited' : 'rendered',
      })),
    }),
    getArtifactFile: async (_name, path) => ({
      path,
      commit: 'abc',
      size: 1,
      content: artifacts.find(artifact => artifact.path === path)?.content,
    }),
  });
  return { api, form: formOfSpec('aurora', deployment.spec).form };
}

/** Both deployments are rendered and compared before: on a busy machine that takes more than a second. */
const whatChanges = () =>
  screen.findByRole('region', { name: 'What changes' }, { timeout: 10_000 });

describe('CoderFleetPlan, for what is registered', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('shows on the last step what would change, and what stays', async () => {
    const { api, form } = registered();
    renderForm({ ...form, expectedUsers: 1500 } as never, undefined, { api });
    await preview();
    expect(screen.queryByRole('region', { name: 'What changes' })).toBeNull();
    await press('Next');
    const changes = within(await whatChanges());
    expect(
      changes.getByRole('row', { name: 'Users 800 1500' }),
    ).toBeInTheDocument();
    expect(
      changes.getByRole('row', { name: 'Tier 1k users 2k users' }),
    ).toBeInTheDocument();
    const part = (name: RegExp) =>
      within(changes.getByRole('group', { name })).getAllByRole('listitem');
    expect(part(/^Fields/).map(item => item.textContent)).toEqual([
      'spec.users.expected',
    ]);
    expect(part(/^Stays as it is/).map(item => item.textContent)).toEqual([
      'spec.costCentre',
    ]);
    expect(part(/^Files/).map(item => item.textContent)).toContain(
      'changedcoder-deployment.yaml+1 −1',
    );
    expect(changes.getByText(/only the line changes/)).toBeInTheDocument();
    expect(
      changes.getByText('README.md was edited by hand'),
    ).toBeInTheDocument();
    await press('Review');
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it('names the findings that would come and go', async () => {
    const { api, form } = registered();
    renderForm({ ...form, edition: 'community' } as never, undefined, { api });
    await press('Next');
    const items = within(
      within(await whatChanges()).getByRole('group', { name: /^Findings/ }),
    ).getAllByRole('listitem');
    const texts = items.map(({ textContent }) => textContent);
    expect(texts).toContainEqual(expect.stringMatching(/^comes fail.*-\d{3}$/));
    // Without a licence none can end
    expect(texts).toContainEqual(
      expect.stringMatching(/^goes unknownThe licence .*FLT-RDY-004$/),
    );
  });

  it('says that nothing changes', async () => {
    const { api, form } = registered();
    api.getArtifacts.mockResolvedValue({
      commit: 'abc',
      items: (await api.getArtifacts('aurora')).items.map(item => ({
        ...item,
        status: 'rendered' as const,
      })),
    });
    renderForm(form as never, undefined, { api });
    await press('Next');
    const changes = within(await whatChanges());
    expect(changes.getByText('Nothing changes.')).toBeInTheDocument();
    expect(changes.queryByRole('group', { name: /^Files/ })).toBeNull();
  });

  it('says that files could not be compared', async () => {
    const { api, form } = registered();
    api.getArtifacts.mockRejectedValue(new Error('not here'));
    renderForm({ ...form, owner: 'group:default/other' } as never, undefined, {
      api,
    });
    await press('Next');
    const changes = within(await whatChanges());
    expect(changes.getByText(/could not be compared/)).toBeInTheDocument();
    expect(
      changes.getByText('No figure of the plan changes.'),
    ).toBeInTheDocument();
    expect(changes.getByText('No finding changes.')).toBeInTheDocument();
  });

  it('tells nothing of it to who may not change it', async () => {
    const { api, form } = registered();
    renderForm(form as never, undefined, { api, allowed: false });
    await press('Next');
    expect(
      await screen.findByRole('table', { name: 'Plan' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(api.checkName).toHaveBeenCalled());
    expect(screen.queryByRole('region', { name: 'What changes' })).toBeNull();
    expect(api.getDeployment).not.toHaveBeenCalled();
  });
});
