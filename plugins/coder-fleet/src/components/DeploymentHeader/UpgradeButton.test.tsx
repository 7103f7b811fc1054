import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function press(name: string) {
  const button = await screen.findByRole('button', { name }, COLD);
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);
}

describe('UpgradeButton', () => {
  it('declares an upgrade with its end, version and reason, and looks again', async () => {
    const api = aCoderFleetApi();
    renderPage('/coder-fleet/payments', { api });
    await press('Declare an upgrade');
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText(/^Until/), {
      target: { value: '2099-10-01T18:00' },
    });
    await userEvent.type(
      dialog.getByLabelText('Version that it goes to'),
      '2.37.1',
    );
    await userEvent.type(dialog.getByLabelText('Reason'), 'Monthly');
    await userEvent.click(dialog.getByRole('button', { name: 'Declare' }));
    await waitFor(() => expect(api.refresh).toHaveBeenCalledWith('payments'));
    expect(api.declareUpgrade).toHaveBeenCalledWith('payments', {
      until: new Date('2099-10-01T18:00').toISOString(),
      targetVersion: '2.37.1',
      reason: 'Monthly',
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says at the field what is wrong, and does not go on', async () => {
    renderPage('/coder-fleet/payments', { api: aCoderFleetApi() });
    await press('Declare an upgrade');
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText(/^Until/), {
      target: { value: '2001-01-01T00:00' },
    });
    await userEvent.type(
      dialog.getByLabelText('Version that it goes to'),
      'next',
    );
    expect(dialog.getByText(/must end in the future/)).toBeInTheDocument();
    expect(dialog.getByText(/looks like 2\.37\.1/)).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Declare' })).toBeDisabled();
  });

  it('ends the upgrade that is declared', async () => {
    const api = aCoderFleetApi({
      getDeployment: async () => aDetail({ state: 'upgrading' }),
    });
    renderPage('/coder-fleet/payments', { api });
    await press('End the upgrade');
    await waitFor(() => expect(api.endUpgrade).toHaveBeenCalled());
    expect(api.refresh).toHaveBeenCalledWith('payments');
  });
});
