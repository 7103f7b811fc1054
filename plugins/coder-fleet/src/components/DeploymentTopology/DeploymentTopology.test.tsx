import {
  toDeployment,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail, aFact, someFacts } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function renderTopology(deployment: DeploymentDetail = aDetail()) {
  renderPage(`/coder-fleet/${deployment.name}/topology`, {
    api: aCoderFleetApi({ getDeployment: async () => deployment }),
  });
  return screen.findByRole('tabpanel', { name: 'Topology' }, COLD);
}

/** The fixture with other regions or another edition. */
function built(spec: Record<string, unknown>) {
  return aDetail({
    deployment: toDeployment({
      name: 'payments',
      spec: { ...aDetail().deployment.spec, ...spec },
    }),
  });
}

const REGIONS = [
  { name: 'eu-central', cluster: 'eu-1' },
  {
    name: 'us-east',
    cluster: 'us-1',
    proxy: { accessUrl: 'https://us.coder.example.com' },
  },
];

const part = (name: RegExp) => screen.getByRole('button', { name });
const row = (name: string) =>
  screen.getByRole('rowheader', { name }).closest('tr')!;
const tones = (element: Element) =>
  [...element.querySelectorAll('[data-tone]')].map(label =>
    label.getAttribute('data-tone'),
  );

describe('DeploymentTopology', () => {
  it('shows each part in its region and cluster, with its state in a word', async () => {
    await renderTopology(built({ regions: REGIONS }));
    const region = (name: string) =>
      within(
        screen.getByRole('heading', { name: `Region ${name}` }).parentElement!,
      );
    const names = (name: string) =>
      region(name)
        .getAllByRole('button')
        .map(button => button.textContent?.replace(/\s+/g, ' ').trim());
    expect(names('eu-central')).toEqual([
      'Control plane healthy payments 3 of 3 healthy Connects to Database PostgreSQL',
      expect.stringMatching(
        /^Provisioners unknown payments-provisioners-eu-central 30 planned/,
      ),
      'Database healthy PostgreSQL Connection in the Secret coder-db-url',
    ]);
    expect(names('us-east')).toEqual([
      expect.stringMatching(
        /^Workspace proxy unknown payments-proxy-us-east 3 planned Connects to Control plane payments/,
      ),
      expect.stringMatching(/^Provisioners unknown /),
    ]);
    expect(
      region('us-east').getByRole('heading', { name: 'Cluster us-1' }),
    ).toBeInTheDocument();
  });

  it('has the same in a table, with where and why', async () => {
    const tab = await renderTopology(built({ regions: REGIONS }));
    expect(
      within(tab).getByRole('table', { name: 'Every part in a table' }),
    ).toBeInTheDocument();
    expect(row('payments')).toHaveTextContent(
      'Control planepaymentseu-central / eu-1healthy3 of 3 healthyDatabase PostgreSQLCoder reports every section of its health as ok',
    );
    expect(row('payments-proxy-us-east')).toHaveTextContent(
      /us-east \/ us-1unknown3 plannedControl plane paymentsNobody looks at it yet/,
    );
    expect(row('PostgreSQL')).toHaveTextContent(
      /eu-centralhealthy.*As Coder's own health report says/,
    );
    const buttons = within(tab).getAllByRole('button');
    expect(within(tab).getAllByRole('row')).toHaveLength(
      1 + buttons.length + 2 * REGIONS.length,
    );
  });

  it('never shows a part that nobody looks at as well', async () => {
    await renderTopology(built({ regions: REGIONS }));
    for (const name of [
      'eu-central',
      'eu-1',
      'us-east',
      'us-1',
      'payments-provisioners-eu-central',
      'payments-provisioners-us-east',
      'payments-proxy-us-east',
    ]) {
      expect(tones(row(name))).toEqual(['unknown']);
    }
    expect(tones(part(/^Workspace proxy/))).toEqual(['unknown']);
  });

  it.each([
    ['degraded', 'warning'],
    ['failing', 'error'],
    ['unreachable', 'error'],
    ['unknown', 'unknown'],
    ['upgrading', 'progress'],
    ['retired', 'neutral'],
  ] as const)(
    'shows nothing green of a deployment that is %s',
    async (state, tone) => {
      const tab = await renderTopology(
        aDetail({
          state,
          stateReason: 'because of this',
          facts: someFacts({
            reachability: aFact({ version: '' }, { status: 'unreachable' }),
          }),
        }),
      );
      expect(part(/^Control plane/)).toHaveTextContent(state);
      expect(tones(part(/^Control plane/))).toEqual([tone]);
      expect(row('payments')).toHaveTextContent('because of this');
      expect(part(/^Control plane/)).toHaveTextContent('3 planned');
      expect(tab.querySelector('[data-tone="ok"]')).toBeNull();
    },
  );

  it('shows a state of tomorrow as it came, and not green', async () => {
    await renderTopology(
      aDetail({
        state: 'hibernating' as DeploymentDetail['state'],
        facts: {},
      }),
    );
    expect(part(/hibernating/)).toBeInTheDocument();
    expect(tones(part(/hibernating/))).toEqual(['unknown']);
  });

  it('leads from a part to its row by keyboard', async () => {
    await renderTopology();
    const database = part(/^Database/);
    expect(database).toHaveAccessibleDescription(/find it in the table/);
    for (
      let tabs = 0;
      document.activeElement !== database && tabs < 50;
      tabs++
    ) {
      await userEvent.tab();
    }
    expect(database).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(row('PostgreSQL')).toHaveFocus();
  });

  it('says of a community region without parts that only workspaces run there', async () => {
    await renderTopology(
      built({ edition: 'community', regions: REGIONS.slice(0, 2) }),
    );
    expect(screen.getByText('Workspaces only')).toBeInTheDocument();
    expect(part(/^Control plane/)).toHaveTextContent(
      '3 built-in provisioners each',
    );
  });

  it('says so when there is no region', async () => {
    const detail = aDetail();
    detail.deployment.spec.regions = [];
    await renderTopology(detail);
    expect(
      screen.getByRole('heading', { name: 'There is no topology to show' }),
    ).toBeInTheDocument();
  });

  it('renders what others wrote as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const detail = aDetail({ stateReason: hostile });
    detail.deployment.spec.regions[0].cluster = hostile;
    detail.deployment.spec.database.connectionSecret.name = hostile;
    detail.plan.controlPlane.release = hostile;
    const tab = await renderTopology(detail);
    expect(screen.getAllByRole('rowheader', { name: hostile })).toHaveLength(2);
    expect(tab.querySelector('img')).toBeNull();
  });
});
