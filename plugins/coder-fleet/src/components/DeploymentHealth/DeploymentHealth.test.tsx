import { screen, within } from '@testing-library/react';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import {
  aDetail,
  aFact,
  aHealth,
  secondsAgo,
  someFacts,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function renderHealth(overrides: Partial<DeploymentDetail>) {
  const deployment = aDetail(overrides);
  renderPage(`/coder-fleet/${deployment.name}/health`, {
    api: aCoderFleetApi({ getDeployment: async () => deployment }),
  });
  return screen.findByRole('tabpanel', { name: 'Health' }, COLD);
}

const ok = aHealth();
const sick = aHealth({
  severity: 'error',
  sections: [
    {
      key: 'database',
      title: 'Database',
      severity: 'error',
      dismissed: false,
      error: 'connection refused',
      warnings: [
        { code: 'EDB01', message: 'ping timed out' },
        { code: 'EXX99', message: 'never heard of' },
      ],
      details: [{ label: 'Latency', value: '900 ms' }],
    },
    {
      key: 'derp',
      title: 'DERP relays',
      severity: 'warning',
      dismissed: true,
      warnings: [],
      details: [],
    },
    {
      key: 'quantum',
      title: 'Quantum link',
      severity: 'wobbly',
      dismissed: false,
      warnings: [],
      details: [],
    },
  ],
});

const section = (name: string) => screen.getByRole('region', { name });

describe('DeploymentHealth', () => {
  it('explains codes: what they mean, what to do, where to read on', async () => {
    await renderHealth({ facts: someFacts({ health: aFact(sick) }) });
    const database = within(section('Database'));
    expect(database.getByText('error')).toBeInTheDocument();
    expect(database.getByText('connection refused')).toBeInTheDocument();
    const known = database.getByText('EDB01').closest('li')!;
    expect(known).toHaveTextContent('ping timed out');
    expect(known).toHaveTextContent('The database did not answer a ping.');
    expect(known).toHaveTextContent('What to do: Check that PostgreSQL runs');
    expect(within(known).getByRole('link', { name: /EDB01/ })).toHaveAttribute(
      'href',
      expect.stringContaining('#edb01'),
    );
    expect(database.getByText('EXX99').closest('li')).toHaveTextContent(
      'This code is not known here yet.',
    );
    expect(database.getByText('900 ms')).toBeInTheDocument();
  });

  it('marks dismissed sections, and passes severities of tomorrow through', async () => {
    await renderHealth({ facts: someFacts({ health: aFact(sick) }) });
    expect(
      within(section('DERP relays')).getByText('dismissed in Coder'),
    ).toBeInTheDocument();
    const unknown = within(section('Quantum link')).getByText('wobbly');
    expect(unknown.parentElement).toHaveAttribute('data-tone', 'unknown');
  });

  it("tells the report's own time from when it was read", async () => {
    const tab = await renderHealth({
      facts: someFacts({
        health: aFact(aHealth({ reportedAt: secondsAgo(540) }), {
          observedAt: secondsAgo(3),
        }),
      }),
    });
    expect(tab).toHaveTextContent(
      /Coder made this report .+; it keeps a report for up to 10 minutes\. Read .+\./,
    );
    const [reported, read] = [...tab.querySelectorAll('time')];
    expect(reported).toHaveAttribute('datetime', secondsAgo(540));
    expect(read).toHaveAttribute('datetime', secondsAgo(3));
  });

  it.each([
    ['stale', aFact(ok, { stale: true }), 'too old to count'],
    ['denied', aFact(ok, { status: 'denied' }), 'denied'],
    ['off', aFact(ok, { status: 'off' }), 'not configured'],
    ['not answered', aFact(ok, { status: 'unreachable' }), 'no answer'],
  ])(
    'shows health that is %s as unknown, never green',
    async (_, fact, word) => {
      const tab = await renderHealth({
        state: 'unknown',
        facts: someFacts({ health: fact }),
      });
      expect(
        within(tab).getByRole('heading', { name: 'Its health is unknown now' }),
      ).toBeInTheDocument();
      expect(within(tab).getByText(word)).toBeInTheDocument();
      expect(within(tab).getAllByText('was ok when last read')).toHaveLength(3);
      expect(tab.querySelector('[data-tone="ok"]')).toBeNull();
    },
  );

  it('shows nothing green of a deployment that does not answer', async () => {
    const tab = await renderHealth({
      state: 'unreachable',
      facts: someFacts({
        reachability: aFact(
          { version: 'v2.36.5' },
          { status: 'unreachable', message: 'connect ECONNREFUSED' },
        ),
      }),
    });
    expect(tab).toHaveTextContent('no answer · connect ECONNREFUSED');
    expect(tab.querySelector('[data-tone="ok"]')).toBeNull();
  });

  it('renders what Coder says as text', async () => {
    const hostile = '<script>window.hacked=1</script>';
    const tab = await renderHealth({
      facts: someFacts({
        health: aFact(
          aHealth({
            sections: [
              {
                key: hostile,
                title: hostile,
                severity: hostile,
                dismissed: false,
                error: hostile,
                warnings: [{ code: hostile, message: hostile }],
                details: [{ label: hostile, value: hostile }],
              },
            ],
          }),
        ),
      }),
    });
    expect(within(tab).getAllByText(hostile).length).toBeGreaterThan(4);
    expect(tab.querySelector('script')).toBeNull();
  });
});
