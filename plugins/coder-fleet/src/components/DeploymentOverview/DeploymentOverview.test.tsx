/* eslint-disable no-script-url -- what must be refused has to be written down */
import { screen, within } from '@testing-library/react';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import {
  aDetail,
  aFact,
  aFinding,
  secondsAgo,
  someFacts,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function renderOverview(deployment: DeploymentDetail) {
  renderPage(`/coder-fleet/${deployment.name}`, {
    api: aCoderFleetApi({ getDeployment: async () => deployment }),
  });
  await screen.findByRole('tabpanel', { name: 'Overview' }, COLD);
}

const panel = (name: string) => within(screen.getByRole('region', { name }));

describe('DeploymentOverview', () => {
  it('shows each figure of the plan with the page it came from, and what other pages say', async () => {
    await renderOverview(aDetail());
    const plan = panel('Plan');
    const replicas = within(
      plan.getAllByRole('rowheader', { name: 'Replicas' })[0].closest('tr')!,
    );
    expect(replicas.getByText('3')).toBeInTheDocument();
    expect(
      replicas.getByRole('link', {
        name: /^CVA, reference architecture for 1k/,
      }),
    ).toHaveAttribute(
      'href',
      'https://coder.com/docs/admin/infrastructure/validated-architectures/1k-users',
    );
    const vcpu = plan.getByRole('rowheader', { name: 'vCPU' }).closest('tr')!;
    expect(within(vcpu).getByText('8')).toBeInTheDocument();
    expect(vcpu).toHaveTextContent('Elsewhere: 2 CVA, PostgreSQL database');
  });

  it('judges the observed version by the calendar, and names its date', async () => {
    await renderOverview(aDetail({ observedVersion: 'v2.30.0+abc' }));
    const tile = within(
      screen.getByRole('heading', { name: 'Version' }).parentElement!,
    );
    expect(tile.getByText('2.30.0')).toBeInTheDocument();
    expect(tile.getByText('Not supported any more')).toBeInTheDocument();
    expect(tile.getByText(/calendar of 2026-09-30/)).toBeInTheDocument();
    expect(tile.getByText('Planned: 2.36.5')).toBeInTheDocument();
  });

  it('says so when fewer replicas are healthy than planned', async () => {
    await renderOverview(
      aDetail({
        facts: someFacts({
          replicas: aFact({ total: 3, healthy: 1, items: [] }),
        }),
      }),
    );
    expect(screen.getByText('1 of 3')).toBeInTheDocument();
    expect(screen.getByText('fewer than planned')).toBeInTheDocument();
  });

  it('shows licence and seats', async () => {
    await renderOverview(aDetail());
    expect(screen.getByText('licensed')).toBeInTheDocument();
    expect(screen.getByText('412 of 600 seats in use')).toBeInTheDocument();
  });

  it('names the facts that are missing, why, and how to add a token', async () => {
    await renderOverview(
      aDetail({
        state: 'unknown',
        facts: someFacts({
          replicas: {
            attemptedAt: secondsAgo(4),
            collector: 'health',
            intervalMs: 60_000,
            status: 'off',
            message: 'No token for this origin',
            stale: true,
          },
        }),
      }),
    );
    const facts = panel('What is known');
    expect(facts.getByText('not configured')).toBeInTheDocument();
    expect(facts.getByText('No token for this origin')).toBeInTheDocument();
    expect(facts.getByText(/coderFleet.credentials:/)).toBeInTheDocument();
    expect(
      facts.getByRole('region', { name: 'Example of the configuration' }),
    ).toHaveTextContent('- origin: https://payments.coder.example.com');
    expect(
      within(
        screen.getByRole('heading', { name: 'Replicas' }).parentElement!,
      ).getByText('unknown'),
    ).toBeInTheDocument();
  });

  it('shows a stale fact as unknown, never as well', async () => {
    await renderOverview(
      aDetail({
        facts: someFacts({
          replicas: aFact({ total: 3, healthy: 3, items: [] }, { stale: true }),
        }),
      }),
    );
    const tile = screen.getByRole('heading', {
      name: 'Replicas',
    }).parentElement!;
    expect(within(tile).getByText('too old to count')).toBeInTheDocument();
    expect(tile.querySelector('[data-tone="ok"]')).toBeNull();
  });

  it('does not show as known what a deployment told before it stopped answering', async () => {
    await renderOverview(
      aDetail({
        state: 'unreachable',
        facts: someFacts({
          reachability: aFact(
            { version: 'v2.36.5' },
            { status: 'unreachable' },
          ),
        }),
      }),
    );
    for (const name of ['Version', 'Replicas', 'Licence', 'Last seen']) {
      const tile = screen.getByRole('heading', { name }).parentElement!;
      expect(tile).toHaveTextContent('no answer');
      expect(tile.querySelector('[data-tone="ok"]')).toBeNull();
    }
  });

  it('shows the worst findings with what to do, and the way to all', async () => {
    await renderOverview(
      aDetail({
        findings: [
          aFinding(),
          aFinding({ rule: 'R-2', verdict: 'warn', title: 'Backups' }),
          aFinding({ rule: 'R-4', verdict: 'unknown', title: 'Sockets' }),
          aFinding({
            rule: 'R-3',
            verdict: 'fail',
            title: 'Standby',
            message: 'There is none',
            remediation: 'Give it one',
            url: 'https://coder.com/docs/x',
          }),
        ],
      }),
    );
    const findings = panel('Findings');
    const items = findings
      .getAllByRole('listitem')
      .filter(item => item.querySelector('[data-tone]'));
    expect(
      items.map(item => item.textContent?.trim().split(/[A-Z]/)[0]),
    ).toEqual(['fail', 'warn']);
    expect(
      findings.getByRole('link', { name: /All 4 findings/ }),
    ).toHaveAttribute('href', '/coder-fleet/payments/cva');
    expect(items[0]).toHaveTextContent('There is none');
    expect(items[0]).toHaveTextContent('What to do: Give it one');
    expect(
      findings.getByRole('link', { name: /Read more about Standby/ }),
    ).toHaveAttribute('href', 'https://coder.com/docs/x');
  });

  it('shows support links that may not be followed as text', async () => {
    const detail = aDetail();
    detail.deployment.spec.supportLinks = [
      { name: 'Good', target: 'mailto:help@example.com' },
      { name: 'Bad', target: 'javascript:alert(1)' },
    ];
    await renderOverview({ ...detail, accessUrl: 'http://plain.example.com' });
    const about = panel('About');
    expect(about.getByRole('link', { name: /Good/ })).toHaveAttribute(
      'href',
      'mailto:help@example.com',
    );
    expect(about.getByText('Bad')).toBeInTheDocument();
    expect(about.queryByRole('link', { name: /Bad/ })).toBeNull();
    expect(about.queryByRole('link', { name: /plain/ })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Open Coder' })).toBeNull();
  });
});
