import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aSummary } from '../../__testUtils__/fixtures';
import { currentAddress, renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

const fleet = [
  aSummary({ name: 'a', displayName: 'Aurora', region: 'eu-west' }),
  aSummary({
    name: 'b',
    displayName: 'Borealis',
    region: 'eu-west',
    state: 'unreachable',
    stateReason: 'It does not answer',
  }),
  aSummary({ name: 'c', displayName: 'Cygnus', region: 'us-east' }),
];

const api = (totalItems = fleet.length) =>
  aCoderFleetApi({
    listDeployments: async () => ({ items: fleet, totalItems }),
    getSummary: async () => ({
      total: totalItems,
      states: { healthy: totalItems - 1, unreachable: 1 },
      statesByRegion: {
        'eu-west': { healthy: 1, unreachable: 1 },
        'us-east': { healthy: totalItems - 2 },
      },
      regions: ['eu-west', 'us-east'],
      businessUnits: [],
      owners: [],
    }),
  });

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }, COLD));

describe('the fleet by region', () => {
  it('shows each deployment in its region, with its state in a word and why', async () => {
    renderPage('/coder-fleet?view=regions', { api: api() });
    const west = await region('eu-west');
    expect(west.getByRole('link', { name: 'Aurora' })).toHaveAttribute(
      'href',
      '/coder-fleet/a',
    );
    const nodes = west.getByRole('list', { name: 'Deployments in eu-west' });
    expect(nodes).toHaveTextContent(
      /Borealis.*unreachable.*It does not answer/,
    );
    expect(
      (await region('us-east')).queryByRole('link', { name: 'Aurora' }),
    ).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('is chosen and left by keyboard, and stays in the address', async () => {
    renderPage('/coder-fleet', { api: api() });
    const button = await screen.findByRole(
      'button',
      { name: 'By region' },
      COLD,
    );
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect(currentAddress()).toBe('/coder-fleet?view=regions');
    const show = (await region('eu-west')).getByRole('button', {
      name: '2 deployments in eu-west, as a table',
    });
    show.focus();
    await userEvent.keyboard('{Enter}');
    expect(currentAddress()).toBe('/coder-fleet?region=eu-west');
    expect(await screen.findByRole('table')).toBeInTheDocument();
  });

  it('counts those that do not fit, from the summary', async () => {
    renderPage('/coder-fleet?view=regions', { api: api(5000) });
    const east = await region('us-east');
    expect(east.getByText(/4,998 deployments/)).toBeInTheDocument();
    expect(east.getByText('and 4,997 more, in the table')).toBeInTheDocument();
  });
});
