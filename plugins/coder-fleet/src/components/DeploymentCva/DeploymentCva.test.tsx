import {
  STATEMENTS,
  type AppliedWaiver,
  type CoderFleetApi,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import {
  aCvaReport,
  aDetail,
  aFinding,
  secondsAgo,
} from '../../__testUtils__/fixtures';
import { currentAddress, renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };
const DAY = 24 * 60 * 60;

function aWaiver(
  state: AppliedWaiver['state'],
  overrides: Partial<AppliedWaiver> = {},
): AppliedWaiver {
  const now = Date.now();
  const expiresAt = now + (state === 'active' ? 1 : -1) * 30 * DAY * 1000;
  return {
    id: `w-${state}`,
    reason: 'The cluster has no second zone',
    grantedBy: 'user:default/paula',
    grantedAt: new Date(now - 60 * DAY * 1000).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    state,
    ...overrides,
  };
}

const FINDINGS = [
  aFinding({ rule: 'CVA-DB-001', verdict: 'pass' }),
  aFinding({ rule: 'CVA-DB-002', verdict: 'warn', title: 'Same zone' }),
  aFinding({
    rule: 'CVA-DB-003',
    verdict: 'fail',
    title: 'Database is fast',
    remediation: 'Move it',
    evidence: [
      {
        fact: 'coderApi.health',
        subject: 'Latency',
        verdict: 'fail',
        seen: '40 ms',
        wanted: 'less than 10 ms',
        observedAt: secondsAgo(3 * 60),
      },
    ],
  }),
  aFinding({
    rule: 'CVA-NET-001',
    verdict: 'unknown',
    chapter: 'networking',
    title: 'Sockets pass',
  }),
  aFinding({
    rule: 'FLT-TOP-001',
    verdict: 'fail',
    chapter: 'topology',
    origin: 'fleet',
    title: 'Zones',
    waiver: aWaiver('active'),
  }),
  aFinding({
    rule: 'FLT-TOP-002',
    verdict: 'warn',
    chapter: 'topology',
    origin: 'fleet',
    title: 'Hosts',
    waiver: aWaiver('expired'),
  }),
];

async function open(
  overrides: Partial<CoderFleetApi> = {},
  options: { allowed?: boolean; query?: string; name?: string } = {},
) {
  const { query = '', name = 'payments', ...rest } = options;
  const api = aCoderFleetApi({
    getCva: async () => aCvaReport({ findings: FINDINGS }),
    ...overrides,
  });
  renderPage(`/coder-fleet/${name}/cva${query}`, { api, ...rest });
  await screen.findByRole('region', { name: 'Findings' }, COLD);
  return api;
}

const titlesIn = (chapter: string) =>
  within(screen.getByRole('region', { name: chapter }))
    .getAllByText(/./, { selector: 'div > span:first-child' })
    .map(element => element.textContent)
    .filter(text => FINDINGS.some(({ title }) => title === text));

const panel = (name: string) => within(screen.getByRole('region', { name }));

describe('DeploymentCva', () => {
  it('scores by chapter in words, with what is not known as not met', async () => {
    await open();
    const score = panel('Score');
    expect(score.getByText('25 %')).toBeInTheDocument();
    expect(score.getAllByRole('listitem').map(li => li.textContent)).toEqual([
      'Networking0 of 1 met, 1 not known',
      'Database1 of 3 met',
    ]);
  });

  it('shows what needs a hand by chapter, the worst first, and nothing that was accepted', async () => {
    await open();
    expect(titlesIn('Database')).toEqual(['Database is fast', 'Same zone']);
    expect(titlesIn('Networking')).toEqual(['Sockets pass']);
    // Its acceptance has ended: it counts as none.
    expect(titlesIn('Topology')).toEqual(['Hosts']);
  });

  it('keeps the choice of findings in the address', async () => {
    await open();
    const show = within(
      screen.getByRole('group', { name: 'Findings to show' }),
    );
    await userEvent.click(show.getByRole('button', { name: '1 pass' }));
    expect(currentAddress()).toBe('/coder-fleet/payments/cva?show=pass');
    expect(titlesIn('Database')).toEqual(['The database is external']);
    await userEvent.click(show.getByRole('button', { name: 'All (6)' }));
    expect(titlesIn('Topology')).toEqual(['Zones', 'Hosts']);
  });

  it('shows evidence with its age, what was wanted and what to do', async () => {
    await open();
    expect(
      screen.getByText(/Latency: 40 ms, wanted: less than 10 ms/).textContent,
    ).toMatch(/\(coderApi\.health, \d+ .+ ago\)/);
    expect(screen.getByText(/Move it/)).toBeInTheDocument();
  });

  it('says in words of an acceptance whether it holds', async () => {
    await open({}, { query: '?show=all' });
    expect(screen.getByText(/^Accepted until/).textContent).toMatch(/20\d\d/);
    expect(screen.getByText(/^No longer accepted/)).toBeInTheDocument();
    expect(screen.getAllByText(/The cluster has no second zone/)).toHaveLength(
      2,
    );
    // The one that holds cannot be accepted again; the one that has ended can.
    expect(screen.queryByRole('button', { name: 'Accept: Zones' })).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Accept: Hosts' }),
    ).toBeInTheDocument();
  });

  it('accepts a deviation with a reason and an end, and looks again', async () => {
    const api = await open();
    const button = screen.getByRole('button', {
      name: 'Accept: Database is fast',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Accept' })).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/^Why/), ' A move is planned ');
    const before = api.getCva.mock.calls.length;
    await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [name, request] = api.grantWaiver.mock.calls[0];
    expect(name).toBe('payments');
    expect(request).toMatchObject({
      rule: 'CVA-DB-003',
      reason: 'A move is planned',
    });
    expect(Date.parse(request.expiresAt)).toBeGreaterThan(Date.now());
    await waitFor(() =>
      expect(api.getCva.mock.calls.length).toBeGreaterThan(before),
    );
  });

  it.each(['2001-01-01', '2999-01-01', ''])(
    'does not accept until "%s"',
    async date => {
      await open();
      const button = screen.getByRole('button', {
        name: 'Accept: Database is fast',
      });
      await waitFor(() => expect(button).toBeEnabled());
      await userEvent.click(button);
      const dialog = within(await screen.findByRole('dialog'));
      await userEvent.type(dialog.getByLabelText(/^Why/), 'Because');
      fireEvent.change(dialog.getByLabelText(/^Until/), {
        target: { value: date },
      });
      expect(dialog.getByText(/between today and a year/)).toBeInTheDocument();
      expect(dialog.getByRole('button', { name: 'Accept' })).toBeDisabled();
    },
  );

  it('keeps what was entered when it is refused', async () => {
    const api = await open({
      grantWaiver: jest.fn().mockRejectedValue(new Error('Not today')),
    });
    const button = screen.getByRole('button', {
      name: 'Accept: Database is fast',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/^Why/), 'Because');
    await userEvent.click(dialog.getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(api.grantWaiver).toHaveBeenCalled());
    expect(dialog.getByLabelText(/^Why/)).toHaveValue('Because');
  });

  it('offers nothing to accept where a deviation has to be remedied', async () => {
    await open({
      getCva: async () =>
        aCvaReport({
          findings: [
            // Its rule is one that no waiver accepts.
            aFinding({ rule: 'CVA-REC-003', verdict: 'fail', title: 'Backup' }),
          ],
        }),
    });
    expect(screen.getByText(/has to be remedied/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Accept/ })).toBeNull();
  });

  it('says why one who may not decide cannot', async () => {
    // Permissions are remembered by deployment: this one was not asked about yet.
    const name = 'orders';
    await open(
      { getDeployment: async () => aDetail({ name }) },
      { allowed: false, name },
    );
    const button = screen.getByRole('button', { name: 'Accept: Same zone' });
    await waitFor(() => expect(button).toBeDisabled());
    await userEvent.hover(button.parentElement as HTMLElement);
    expect(
      await screen.findByText(/coder-fleet\.waiver\.create/),
    ).toBeInTheDocument();
  });

  it('takes back an acceptance', async () => {
    const { state: _, ...waiver } = aWaiver('active');
    const api = await open({
      getCva: async () =>
        aCvaReport({
          waivers: [{ ...waiver, rule: 'FLT-TOP-001', deployment: 'payments' }],
        }),
    });
    const button = panel('Accepted deviations').getByRole('button', {
      name: 'Take back what was accepted of FLT-TOP-001',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await waitFor(() =>
      expect(api.revokeWaiver).toHaveBeenCalledWith('payments', 'w-active'),
    );
  });

  it('lists every statement, with what was said, and what is over as not known', async () => {
    const said = {
      attestedBy: 'user:default/paula',
      attestedAt: new Date(Date.now() - 60 * DAY * 1000).toISOString(),
    };
    await open({
      getCva: async () =>
        aCvaReport({
          attestations: [
            {
              ...said,
              statement: 'own-cluster',
              holds: true,
              note: 'See the account plan',
              reviewBy: new Date(Date.now() + DAY * 1000).toISOString(),
            },
            {
              ...said,
              statement: 'log-retention',
              holds: true,
              reviewBy: new Date(Date.now() - DAY * 1000).toISOString(),
            },
          ],
        }),
    });
    const items = panel('Statements').getAllByRole('listitem');
    expect(items).toHaveLength(Object.keys(STATEMENTS).length);
    const textOf = (statement: string) =>
      items.find(item => item.textContent?.startsWith(statement))?.textContent;
    expect(textOf(STATEMENTS['own-cluster'])).toMatch(
      /Holds; .*: See the account plan/,
    );
    expect(textOf(STATEMENTS['log-retention'])).toMatch(/Not known any more/);
    expect(textOf(STATEMENTS['alerts-reviewed'])).toMatch(/Nobody said/);
  });

  it('keeps what somebody says of a statement', async () => {
    const api = await open();
    const button = screen.getByRole('button', {
      name: `Say whether this holds: ${STATEMENTS['own-cluster']}`,
    });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Say so' })).toBeDisabled();
    await userEvent.click(dialog.getByLabelText('It does not hold'));
    await userEvent.click(dialog.getByRole('button', { name: 'Say so' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.attest).toHaveBeenCalledWith('payments', 'own-cluster', {
      holds: false,
      reviewBy: expect.any(String),
    });
  });
});
