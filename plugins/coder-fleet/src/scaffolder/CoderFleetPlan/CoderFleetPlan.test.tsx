import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { coderFleetPlanOptions } from './coderFleetPlanOptions';

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
) {
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
    { config: { coderFleet: { requests } } as never },
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
