import type {
  CoderFleetApi,
  PendingApproval,
  PendingRequest,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aSummary } from '../../__testUtils__/fixtures';
import { currentAddress, renderPage } from '../../__testUtils__/renderPage';
import { ROW_HEIGHT } from './FleetRow';

const COLD = { timeout: 20_000 };

const RULE = {
  rule: 'CVA-TOP-001',
  title: 'The control plane has at least three replicas',
  severity: 'high' as const,
  message: 'replicas in the Helm values: 1, wanted: at least 3',
};
const DIGEST = 'a'.repeat(64);

/** A request that waits for an approval. */
function anApproval(part: Partial<PendingApproval> = {}): PendingRequest {
  return {
    deployment: 'lyra',
    owner: 'group:default/research',
    businessUnit: 'research',
    region: 'eu-north',
    rules: [],
    approval: {
      digest: DIGEST,
      displayName: 'Lyra',
      edition: 'premium',
      tier: '2k',
      expectedUsers: 1500,
      regions: ['eu-north', 'us-east'],
      database: 'rds',
      accessUrl: 'https://lyra.example.com',
      mayApprove: true,
      ...part,
    },
    requestedBy: 'user:default/omar',
    requestedAt: '2026-06-01T11:00:00Z',
  };
}

/** The table, once it has rows. */
async function findTable() {
  const table = await screen.findByRole('table', { name: 'Deployments' }, COLD);
  await within(table).findAllByRole('rowheader');
  return table;
}

/** A fleet of so many deployments, in pages. */
function aLargeFleet(totalItems: number) {
  return aCoderFleetApi({
    listDeployments: async ({ limit = 0, offset = 0 } = {}) => ({
      items: Array.from({ length: limit }, (_, i) =>
        aSummary({
          name: `d-${offset + i}`,
          displayName: `Number ${offset + i}`,
        }),
      ),
      totalItems,
    }),
  });
}

describe('FleetPage', () => {
  it('shows a deployment with everything a row promises', async () => {
    const api = aCoderFleetApi({
      listDeployments: async () => ({
        items: [
          aSummary({
            state: 'degraded',
            stateReason: 'Coder reports a warning: Database',
            observedVersion: 'v2.30.0+abc',
          }),
        ],
        totalItems: 1,
      }),
    });
    renderPage('/coder-fleet', { api });
    const row = within(await findTable()).getAllByRole('row')[1];
    const cells = within(row);

    expect(cells.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/coder-fleet/payments',
    );
    expect(cells.getByText('payments')).toBeInTheDocument();
    expect(cells.getByText('degraded')).toBeInTheDocument();
    expect(
      cells.getByText('Coder reports a warning: Database'),
    ).toBeInTheDocument();
    expect(
      cells.getByTitle('Coder reports a warning: Database'),
    ).toBeInTheDocument();
    expect(cells.getByText('2.30.0')).toBeInTheDocument();
    expect(cells.getByText('unsupported')).toBeInTheDocument();
    expect(cells.getByText('eu-central')).toBeInTheDocument();
    expect(cells.getByText('1k')).toBeInTheDocument();
    expect(cells.getByRole('link', { name: /platform/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/platform',
    );
    expect(row.querySelector('time')).toHaveAttribute('title');
  });

  it('shows requests that wait for a waiver, and accepts one', async () => {
    const grantPendingRequest = jest.fn<
      Promise<void>,
      Parameters<CoderFleetApi['grantPendingRequest']>
    >(async () => {});
    let items: PendingRequest[] = [
      {
        deployment: 'cygnus-2',
        owner: 'group:default/research',
        businessUnit: 'research',
        region: 'eu-north',
        rules: [RULE],
        requestedBy: 'user:default/omar',
        requestedAt: '2026-06-01T11:00:00Z',
      },
    ];
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({ items }),
      grantPendingRequest: async (...args) => {
        await grantPendingRequest(...args);
        items = [];
      },
    });
    renderPage('/coder-fleet', { api });
    const panel = within(
      await screen.findByRole(
        'region',
        { name: 'Requests that wait for you' },
        COLD,
      ),
    );
    expect(panel.getByText('cygnus-2')).toBeInTheDocument();
    expect(panel.getByText(/CVA-TOP-001 .*wanted: at least 3/)).toBeVisible();
    await userEvent.click(panel.getByRole('button', { name: /^Accept / }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/^Why/), 'A pilot');
    await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Requests that wait for you' }),
      ).toBeNull(),
    );
    expect(grantPendingRequest).toHaveBeenCalledWith('cygnus-2', {
      reason: 'A pilot',
      expiresAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('shows a request that waits for an approval in figures, and approves exactly that', async () => {
    let items = [anApproval()];
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({ items }),
      approvePendingRequest: async () => {
        items = [];
      },
    });
    renderPage('/coder-fleet', { api });
    const panel = within(
      await screen.findByRole(
        'region',
        { name: 'Requests that wait for you' },
        COLD,
      ),
    );
    const figure = (term: string) =>
      panel.getByText(term).nextElementSibling?.textContent;
    expect(panel.getByText('A new deployment, to be approved')).toBeVisible();
    expect(
      [
        'Display name',
        'Tier',
        'Expected users',
        'Regions',
        'Database',
        'Edition',
        'Access URL',
      ].map(figure),
    ).toEqual([
      'Lyra',
      '2k',
      (1500).toLocaleString(),
      'eu-north, us-east',
      'rds',
      'premium',
      'https://lyra.example.com',
    ]);
    expect(panel.queryByText('What changes')).toBeNull();
    expect(panel.queryByRole('button', { name: /^Accept / })).toBeNull();

    await userEvent.click(
      panel.getByRole('button', { name: 'Approve the request for lyra' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'Approve the request for lyra',
      }),
    );
    expect(dialog.getByText('https://lyra.example.com')).toBeVisible();
    await userEvent.type(dialog.getByLabelText('Comment'), ' As planned ');
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Requests that wait for you' }),
      ).toBeNull(),
    );
    expect(api.approvePendingRequest).toHaveBeenCalledWith('lyra', {
      digest: DIGEST,
      comment: 'As planned',
    });
  });

  it('approves without a comment, and says why it could not', async () => {
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({ items: [anApproval()] }),
      approvePendingRequest: async () => {
        throw new Error('The request was changed meanwhile');
      },
    });
    renderPage('/coder-fleet', { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Approve the/ }, COLD),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(/The request was changed meanwhile/),
    ).toBeInTheDocument();
    expect(api.approvePendingRequest).toHaveBeenCalledWith('lyra', {
      digest: DIGEST,
    });
  });

  it('shows a request that waits for both with both, and says what a change changes', async () => {
    const request = anApproval({
      changes: ['spec.edition', 'spec.users.expected'],
    });
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({
        items: [{ ...request, rules: [RULE] }],
      }),
    });
    renderPage('/coder-fleet', { api });
    const panel = within(
      await screen.findByRole(
        'region',
        { name: 'Requests that wait for you' },
        COLD,
      ),
    );
    expect(panel.getByText(/CVA-TOP-001 .*wanted: at least 3/)).toBeVisible();
    expect(panel.getByText('A change, to be approved')).toBeVisible();
    expect(
      panel.getByText('What changes').nextElementSibling,
    ).toHaveTextContent('spec.edition, spec.users.expected');
    expect(panel.getByRole('button', { name: /^Accept / })).toBeEnabled();
    expect(panel.getByRole('button', { name: /^Approve / })).toBeEnabled();
    await userEvent.click(
      panel.getByRole('button', { name: 'Dismiss the request for lyra' }),
    );
    await waitFor(() =>
      expect(api.dismissPendingRequest).toHaveBeenCalledWith('lyra'),
    );
  });

  it("shows the user's own request apart, with only a way to take it back", async () => {
    let items = [anApproval({ mayApprove: false })];
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({ items }),
      dismissPendingRequest: async () => {
        items = [];
      },
    });
    renderPage('/coder-fleet', { api });
    const title = 'Your requests that need an approval';
    const panel = within(
      await screen.findByRole('region', { name: title }, COLD),
    );
    expect(panel.getByText('lyra')).toBeVisible();
    expect(panel.getByText(/^You asked for it: somebody else/)).toBeVisible();
    expect(panel.getAllByRole('button')).toHaveLength(1);
    expect(
      screen.queryByRole('region', { name: 'Requests that wait for you' }),
    ).toBeNull();
    await userEvent.click(
      panel.getByRole('button', { name: 'Withdraw your request for lyra' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('region', { name: title })).toBeNull(),
    );
    expect(api.dismissPendingRequest).toHaveBeenCalledWith('lyra');
  });

  it('says to who asked that it was approved, by whom, and how it goes on', async () => {
    const given = { approvedBy: 'user:default/paula', comment: 'As planned' };
    const api = aCoderFleetApi({
      listPendingRequests: async () => ({
        items: [anApproval({ mayApprove: false, given })],
      }),
    });
    renderPage('/coder-fleet', { api });
    const panel = within(
      await screen.findByRole(
        'region',
        { name: 'Your requests that need an approval' },
        COLD,
      ),
    );
    expect(panel.getByText(/^Approved by/)).toHaveTextContent(
      /^Approved by .*paula: start the task over$/i,
    );
    expect(panel.getByText(/As planned/)).toBeVisible();
    expect(panel.queryByText(/^You asked for it/)).toBeNull();
    expect(panel.getByRole('button', { name: /^Withdraw/ })).toBeEnabled();
  });

  it('shows the planned version until one was observed', async () => {
    const api = aCoderFleetApi({
      listDeployments: async () => ({
        items: [
          aSummary({
            state: 'provisioning',
            observedVersion: undefined,
            lastSeen: undefined,
          }),
        ],
        totalItems: 1,
      }),
    });
    renderPage('/coder-fleet', { api });
    const row = within(within(await findTable()).getAllByRole('row')[1]);
    expect(row.getByText('2.36.5')).toBeInTheDocument();
    expect(row.getByText('planned')).toBeInTheDocument();
    expect(row.getByText('never')).toBeInTheDocument();
  });

  it('filters by a state with one click, and says so in the address', async () => {
    const api = aCoderFleetApi({
      getSummary: async () => ({
        total: 3,
        statesByRegion: {},
        states: { healthy: 1, failing: 2 },
        regions: [],
        businessUnits: [],
        owners: [],
      }),
    });
    renderPage('/coder-fleet', { api });
    const chip = await screen.findByRole('button', { name: 'failing 2' }, COLD);
    expect(chip).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(chip);

    await waitFor(() =>
      expect(api.listDeployments).toHaveBeenLastCalledWith(
        expect.objectContaining({ state: ['failing'], offset: 0, limit: 100 }),
        expect.anything(),
      ),
    );
    expect(chip).toHaveAttribute('aria-pressed', 'true');
    expect(currentAddress()).toBe('/coder-fleet?state=failing');
  });

  it('asks the server for what the address says', async () => {
    const api = aCoderFleetApi();
    renderPage(
      '/coder-fleet?region=us-east&businessUnit=payments&owner=group:default/a&search=pay&sort=-lastSeen&state=failing&state=nonsense',
      { api },
    );
    await findTable();
    expect(api.listDeployments).toHaveBeenCalledWith(
      {
        region: ['us-east'],
        businessUnit: ['payments'],
        owner: ['group:default/a'],
        search: 'pay',
        sort: '-lastSeen',
        state: ['failing'],
        limit: 100,
        offset: 0,
      },
      expect.anything(),
    );
    expect(screen.getByLabelText('Search')).toHaveValue('pay');
    expect(
      screen.getByRole('columnheader', { name: /Last seen/ }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('chooses a region, and searches once the typing pauses', async () => {
    const api = aCoderFleetApi();
    renderPage('/coder-fleet', { api });
    await findTable();
    const filters = within(screen.getByRole('search'));
    await userEvent.click(filters.getByRole('button', { name: /Region/ }));
    await userEvent.click(screen.getByRole('option', { name: 'us-east' }));
    await userEvent.keyboard('{Escape}');
    await userEvent.type(screen.getByLabelText('Search'), 'pay');

    await waitFor(() =>
      expect(currentAddress()).toBe('/coder-fleet?region=us-east&search=pay'),
    );
    const searches = api.listDeployments.mock.calls.map(
      ([query]) => query?.search,
    );
    expect(searches).not.toContain('p');
  });

  it('sorts on the server by a click on a header', async () => {
    const api = aCoderFleetApi();
    renderPage('/coder-fleet', { api });
    const table = within(await findTable());
    expect(
      table.getByRole('columnheader', { name: /Deployment/ }),
    ).toHaveAttribute('aria-sort', 'ascending');

    const sortBy = (name: RegExp) =>
      userEvent.click(table.getByRole('button', { name }));
    await sortBy(/Version/);
    await sortBy(/Version/);
    await waitFor(() =>
      expect(api.listDeployments).toHaveBeenLastCalledWith(
        expect.objectContaining({ sort: '-version' }),
        expect.anything(),
      ),
    );
    expect(currentAddress()).toBe('/coder-fleet?sort=-version');
    expect(
      table.getByRole('columnheader', { name: /Version/ }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('keeps the document small at 10,000 deployments and loads what is scrolled to', async () => {
    const api = aLargeFleet(10_000);
    renderPage('/coder-fleet', { api });
    const table = await findTable();
    expect(table).toHaveAttribute('aria-rowcount', '10001');
    expect(within(table).getAllByRole('row').length).toBeLessThan(40);

    const scroller = screen.getByRole('region', { name: 'Deployments' });
    scroller.scrollTop = 5_000 * ROW_HEIGHT;
    fireEvent.scroll(scroller);
    const link = await screen.findByRole('link', { name: 'Number 5000' });
    expect(link.closest('tr')).toHaveAttribute('aria-rowindex', '5002');

    const offsets = api.listDeployments.mock.calls.map(
      ([query]) => query?.offset,
    );
    expect(new Set(offsets)).toEqual(new Set([0, 4900, 5000]));
  });

  it('says how to request the first deployment when there is none', async () => {
    const api = aCoderFleetApi({
      listDeployments: async () => ({ items: [], totalItems: 0 }),
      getSummary: async () => ({
        total: 0,
        states: {},
        statesByRegion: {},
        regions: [],
        businessUnits: [],
        owners: [],
      }),
    });
    renderPage('/coder-fleet', { api });
    await screen.findByText('No deployments yet', {}, COLD);
    expect(
      screen.getByRole('button', { name: 'Request the first deployment' }),
    ).toHaveAttribute('href', '/create/templates/default/coder-deployment');
  });

  it('offers to clear filters that nothing matches', async () => {
    const api = aCoderFleetApi({
      listDeployments: async query => ({
        items: query?.region?.length ? [] : [aSummary()],
        totalItems: query?.region?.length ? 0 : 1,
      }),
    });
    renderPage('/coder-fleet?region=mars', { api });
    await screen.findByText('No deployment matches', {}, COLD);
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[1],
    );
    expect(await findTable()).toBeInTheDocument();
    expect(currentAddress()).toBe('/coder-fleet');
  });

  it('shows why the fleet could not be loaded', async () => {
    const api = aCoderFleetApi({
      listDeployments: jest
        .fn()
        .mockRejectedValue(new Error('The store is gone')),
    });
    renderPage('/coder-fleet', { api });
    expect(
      await screen.findByText('Error: The store is gone', {}, COLD),
    ).toBeInTheDocument();
  });

  it('renders hostile strings as text', async () => {
    const hostile = '<img src=x onerror="window.hacked=1">{{7*7}} $t(title)';
    const api = aCoderFleetApi({
      listDeployments: async () => ({
        items: [
          aSummary({
            displayName: hostile,
            state: 'failing',
            stateReason: hostile,
            observedVersion: hostile,
            owner: hostile,
            region: hostile,
            lastSeen: hostile,
          }),
        ],
        totalItems: 1,
      }),
    });
    renderPage('/coder-fleet', { api });
    const table = await findTable();
    expect(within(table).getAllByText(hostile)).toHaveLength(6);
    expect(table.querySelector('img')).toBeNull();
  });
});
