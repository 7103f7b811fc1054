/* eslint-disable no-script-url -- what must be refused has to be written down */
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, within } from '@testing-library/react';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail, aFact } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function renderSupport(
  deployment: DeploymentDetail = aDetail(),
): Promise<HTMLElement> {
  renderPage(`/coder-fleet/${deployment.name}/support`, {
    api: aCoderFleetApi({ getDeployment: async () => deployment }),
  });
  return screen.findByRole('tabpanel', { name: 'Support' }, COLD);
}

function withLinks(links: Array<{ name: string; target: string }>) {
  const detail = aDetail();
  detail.deployment.spec.supportLinks = links;
  return detail;
}

const panel = (name: string) => within(screen.getByRole('region', { name }));

describe('DeploymentSupport', () => {
  it('shows each support link with where it leads', async () => {
    await renderSupport();
    const links = panel('Support links');
    expect(links.getByRole('link', { name: /Handbook/ })).toHaveAttribute(
      'href',
      'https://docs.example.com/coder',
    );
    expect(links.getByText('mailto:help@example.com')).toBeInTheDocument();
    expect(links.getByText(/nobody looked yet/)).toBeInTheDocument();
  });

  it('shows what a look at each found, and the date', async () => {
    const detail = withLinks([
      { name: 'Help', target: 'https://help.example.com' },
      { name: 'Wiki', target: 'https://wiki.example.com' },
      { name: 'Lost', target: 'https://lost.example.com' },
    ]);
    detail.facts.supportLinks = aFact([
      { name: 'Help', target: 'https://help.example.com', result: 'ok' },
      {
        name: 'Wiki',
        target: 'https://wiki.example.com',
        result: 'broken',
        detail: 'it answers with 404',
      },
      {
        name: 'Report a bug',
        target: 'https://github.com/coder/coder',
        result: 'ok',
      },
    ]);
    await renderSupport(detail);
    const links = panel('Support links');
    const rows = links.getAllByRole('listitem').map(item => item.textContent);
    expect(rows).toEqual([
      expect.stringMatching(/^Help.*answers$/),
      expect.stringMatching(/Wiki.*leads nowhere: it answers with 404$/),
      expect.stringMatching(/Lost.*the server does not show it$/),
      expect.stringMatching(/Report a bug.*it was not asked for$/),
    ]);
    expect(links.getByText(/Looked at/)).toHaveTextContent(
      detail.facts.supportLinks.observedAt!.slice(0, 10),
    );
  });

  it('says why links were not looked at', async () => {
    const detail = aDetail();
    detail.facts.supportLinks = {
      ...aFact([]),
      status: 'off',
      message: 'no token is configured',
    };
    await renderSupport(detail);
    expect(
      panel('Support links').getByText(/is not known: no token is configured/),
    ).toBeInTheDocument();
  });

  it('does not follow what is no link, and says so', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const tab = await renderSupport(
      withLinks([{ name: hostile, target: 'javascript:alert(1)' }]),
    );
    const links = panel('Support links');
    expect(links.queryByRole('link')).toBeNull();
    expect(links.getByText(hostile)).toBeInTheDocument();
    expect(links.getByText(/^not followed/)).toBeInTheDocument();
    expect(tab.querySelector('img')).toBeNull();
  });

  it('says how to set support links when there are none', async () => {
    await renderSupport(withLinks([]));
    expect(
      panel('Support links').getByText(/No support links were asked for/),
    ).toBeInTheDocument();
  });

  it('says that the community edition does not show them', async () => {
    await renderSupport(aDetail({ edition: 'community' }));
    expect(
      panel('Support links').getByText(/Premium edition only/),
    ).toBeInTheDocument();
  });

  it('has the command for this deployment, to be copied', async () => {
    await renderSupport();
    const bundle = panel('Support bundle');
    expect(bundle.getByRole('region', { name: 'Command' })).toHaveTextContent(
      'coder login https://payments.coder.example.com coder support bundle',
    );
    expect(
      bundle.getByRole('button', { name: 'Copy the command' }),
    ).toBeInTheDocument();
    expect(bundle.getByText(/For Coder 2\.36\.5/)).toBeInTheDocument();
  });

  it.each([
    'javascript:alert(1)',
    'https://payments.coder.example.com/;reboot',
    'https://x.example.com$(reboot)',
  ])('puts no %s into a command', async accessUrl => {
    await renderSupport(aDetail({ accessUrl }));
    const bundle = panel('Support bundle');
    expect(bundle.getByText(/no command to copy/)).toBeInTheDocument();
    expect(bundle.queryByRole('region', { name: 'Command' })).toBeNull();
    expect(bundle.queryByRole('button', { name: /Copy/ })).toBeNull();
  });

  it.each([
    ['v2.30.0+abc', /^An Owner of the deployment\.$/, true],
    ['v2.27.3', /^An Owner of the deployment\.$/, false],
    ['v2.36.5', /^Any user who can log in/, true],
    [undefined, /Which version runs is not known/, true],
    ['<b>2.36.5</b>', /Which version runs is not known/, true],
  ])('says of %s who may run it', async (observedVersion, who, pprof) => {
    await renderSupport(aDetail({ observedVersion }));
    const bundle = panel('Support bundle');
    expect(bundle.getByText(who)).toBeInTheDocument();
    expect(bundle.queryAllByText('--pprof')).toHaveLength(pprof ? 1 : 0);
  });

  it.each([
    ['unreachable', 1],
    ['provisioning', 1],
    ['degraded', 0],
    ['healthy', 0],
  ] as const)(
    'says of a deployment that is %s whether it must come up first',
    async (state, count) => {
      await renderSupport(aDetail({ state }));
      expect(screen.queryAllByText(/must be up to answer/)).toHaveLength(count);
    },
  );

  it('lists what is collected, what to look at before sending, and where Coder describes it', async () => {
    await renderSupport();
    const contents = panel('What it collects');
    expect(contents.getByText('deployment/')).toBeInTheDocument();
    expect(contents.getByText('netcheck.json')).toBeInTheDocument();
    expect(contents.getByText('(with --pprof)')).toBeInTheDocument();
    const checks = panel('Before you send it');
    expect(checks.getByText(/whole archive as sensitive/)).toBeInTheDocument();
    expect(
      checks.getByRole('link', { name: /Coder on support bundles/ }),
    ).toHaveAttribute('href', 'https://coder.com/docs/support/support-bundle');
  });
});
