import { NotFoundError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail } from '../../__testUtils__/fixtures';
import { currentAddress, renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

describe('DeploymentPage', () => {
  it('says which deployment it is, and leads to it', async () => {
    renderPage('/coder-fleet/payments', { api: aCoderFleetApi() });
    expect(
      await screen.findByRole('heading', { name: 'Payments' }, COLD),
    ).toBeInTheDocument();
    expect(screen.getByText('healthy')).toHaveTextContent('healthy');
    expect(screen.getByRole('link', { name: 'Open Coder' })).toHaveAttribute(
      'href',
      'https://payments.coder.example.com/',
    );
  });

  it.each([
    ['/coder-fleet/payments', 'Overview'],
    ['/coder-fleet/payments/health', 'Health'],
    ['/coder-fleet/payments/topology', 'Topology'],
    ['/coder-fleet/payments/artifacts', 'Artifacts'],
    ['/coder-fleet/payments/support', 'Support'],
    ['/coder-fleet/payments/nonsense', 'Overview'],
  ])('opens %s at the tab %s', async (path, tab) => {
    renderPage(path, { api: aCoderFleetApi() });
    expect(
      await screen.findByRole('tab', { name: tab, selected: true }, COLD),
    ).toBeInTheDocument();
    expect(screen.getByRole('tabpanel', { name: tab })).toBeInTheDocument();
  });

  it('changes tabs by links', async () => {
    renderPage('/coder-fleet/payments/health', { api: aCoderFleetApi() });
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Artifacts' }, COLD),
    );
    expect(currentAddress()).toBe('/coder-fleet/payments/artifacts');
    await userEvent.click(screen.getByRole('tab', { name: 'Overview' }));
    expect(currentAddress()).toBe('/coder-fleet/payments');
  });

  it('looks now on demand, and says what was found', async () => {
    const api = aCoderFleetApi({
      refresh: async () =>
        aDetail({ state: 'degraded', stateReason: '1 of 3 replicas' }),
    });
    renderPage('/coder-fleet/payments', { api });
    const button = await screen.findByRole(
      'button',
      { name: 'Refresh now' },
      COLD,
    );
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(api.refresh).toHaveBeenCalledWith('payments');
    expect(await screen.findByText('payments is degraded')).toBeInTheDocument();
    expect(screen.getByText('1 of 3 replicas')).toBeInTheDocument();
    await waitFor(() =>
      expect(api.getDeployment.mock.calls.length).toBeGreaterThan(1),
    );
  });

  it('says why a refresh failed', async () => {
    const api = aCoderFleetApi({
      refresh: jest.fn().mockRejectedValue(new Error('The tracker is busy')),
    });
    renderPage('/coder-fleet/payments', { api });
    const button = await screen.findByRole(
      'button',
      { name: 'Refresh now' },
      COLD,
    );
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(await screen.findByText('The tracker is busy')).toBeInTheDocument();
    expect(button).toBeEnabled();
  });

  it('disables what the user may not do, and says which permission it needs', async () => {
    const api = aCoderFleetApi({
      getDeployment: async () => aDetail({ name: 'locked' }),
    });
    renderPage('/coder-fleet/locked', { api, allowed: false });
    const button = await screen.findByRole(
      'button',
      { name: 'Refresh now' },
      COLD,
    );
    expect(
      await screen.findByTitle(/coder-fleet\.deployment\.refresh/),
    ).toContainElement(button);
    expect(button).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Unregister' })).toBeDisabled();
  });

  it('unregisters only after saying that what runs is not touched', async () => {
    const api = aCoderFleetApi();
    renderPage('/coder-fleet/payments', { api });
    const button = await screen.findByRole(
      'button',
      { name: 'Unregister' },
      COLD,
    );
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Unregister payments?' }),
    );
    expect(dialog.getByText(/What runs is not touched/)).toBeInTheDocument();
    expect(api.unregister).not.toHaveBeenCalled();

    await userEvent.click(dialog.getByRole('button', { name: 'Unregister' }));
    await waitFor(() => expect(currentAddress()).toBe('/coder-fleet'));
    expect(api.unregister).toHaveBeenCalledWith('payments');
  });

  it('says that a name is not registered', async () => {
    const api = aCoderFleetApi({
      getDeployment: jest.fn().mockRejectedValue(new NotFoundError('no')),
    });
    renderPage('/coder-fleet/nope', { api });
    expect(
      await screen.findByText('There is no deployment "nope"', {}, COLD),
    ).toBeInTheDocument();
  });

  it('shows why a deployment could not be loaded', async () => {
    const api = aCoderFleetApi({
      getDeployment: jest.fn().mockRejectedValue(new Error('Out of order')),
    });
    renderPage('/coder-fleet/payments', { api });
    expect(
      await screen.findByText('Error: Out of order', {}, COLD),
    ).toBeInTheDocument();
  });
});
