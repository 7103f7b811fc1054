import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import {
  plan,
  toDeployment,
  type Plan,
  type PlanOptions,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { aDetail } from '../../__testUtils__/fixtures';
import { PlanPanel } from './PlanPanel';

const COLD = { timeout: 20_000 };

function aPlan(
  spec: Record<string, unknown> = {},
  options: PlanOptions = {},
): Plan {
  const { deployment } = aDetail();
  return plan(
    toDeployment({
      name: deployment.metadata.name,
      spec: { ...deployment.spec, ...spec },
    }),
    options,
  );
}

async function rowsOf(shown: Plan) {
  renderInTestApp(<PlanPanel plan={shown} />);
  const table = await screen.findByRole('table', { name: 'Plan' }, COLD);
  return within(table)
    .getAllByRole('row')
    .map(row => row.textContent?.replaceAll(', Opens in a new window', ''));
}

const starting = (rows: Array<string | undefined>, text: string) =>
  rows.filter(row => row?.startsWith(text));

describe('PlanPanel', () => {
  it('says what limits the tier next and what comes then', async () => {
    const rows = await rowsOf(
      aPlan({ users: { expected: 800, activeShare: 0.3 } }),
    );
    expect(starting(rows, 'Headroom')).toEqual([
      'Headroom200 usersCVA, reference architecture for 1k users, Limits800 of 1000 are taken; then tier 2k',
    ]);
  });

  it('counts the nodes for workspaces, and says what older pages count', async () => {
    const rows = await rowsOf(aPlan({ users: { expected: 1000 } }));
    expect(starting(rows, 'Nodes75')[0]).toMatch(
      /Elsewhere: 64 CVA, older reference architecture for 1k users, Workspace nodes$/,
    );
    expect(starting(rows, 'Nodes at most94')).toHaveLength(1);
    expect(starting(rows, 'Standbyno')).toHaveLength(1);
  });

  it('shows each region with its proxy, and all of them together', async () => {
    const region = (name: string) => ({
      name,
      cluster: `${name}-1`,
      proxy: { accessUrl: `https://${name}.example.com` },
    });
    const rows = await rowsOf(aPlan({ regions: [region('eu'), region('us')] }));
    expect(rows).toContain('Workspace proxy in us');
    expect(rows).not.toContain('Workspace proxy in eu');
    expect(starting(rows, 'Nodes in eu')).toHaveLength(1);
    expect(starting(rows, 'Nodes in us')).toHaveLength(1);
    expect(starting(rows, 'Proxy replicas3')).toHaveLength(1);
  });

  it('counts AI agents and says that an AI gateway has no figure', async () => {
    const rows = await rowsOf(aPlan({ ai: { agents: 7, gateway: true } }));
    expect(starting(rows, 'AI agents7')).toHaveLength(1);
    expect(starting(rows, 'AI gateway')[0]).toMatch(/no validated figure/);
  });

  it('names the generation of the tables', async () => {
    await rowsOf(aPlan({}, { generation: 'legacy' }));
    expect(
      screen.getByText('Coder Validated Architecture, older tables'),
    ).toBeInTheDocument();
  });

  it('shows a plan that an older version stored', async () => {
    const { headroom, workspaces, totals, remarks, ...older } = aPlan();
    const rows = await rowsOf(older as Plan);
    expect(starting(rows, 'Users')).toHaveLength(1);
    expect(rows).not.toContain('Workspace nodes');
    expect(starting(rows, 'Headroom')).toEqual([]);
  });
});
