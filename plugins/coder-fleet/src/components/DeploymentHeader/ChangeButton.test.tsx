import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { templateRouteRef } from '../../routes';
import { ChangeButton } from './ChangeButton';

const COLD = { timeout: 20_000 };

const Address = () => {
  const { pathname, search } = useLocation();
  return <p>{pathname + search}</p>;
};

const button = () => screen.findByRole('button', { name: 'Change…' }, COLD);

describe('ChangeButton', () => {
  it('leads to the template, filled in with what is registered', async () => {
    renderInTestApp(
      <>
        <Address />
        <ChangeButton deployment={aDetail()} />
      </>,
      {
        mountPath: '/*',
        mountedRoutes: {
          '/create/templates/:namespace/:templateName': templateRouteRef,
        },
      },
    );
    const change = await button();
    await waitFor(() => expect(change).toBeEnabled());
    await userEvent.click(change);
    const address = await screen.findByText(
      /^\/create\/templates\/default\/coder-deployment\?/,
    );
    const [, query] = address.textContent!.split('?');
    expect(
      JSON.parse(new URLSearchParams(query).get('formData') ?? ''),
    ).toMatchObject({
      name: 'payments',
      displayName: 'Payments',
      expectedUsers: 600,
      region: 'eu-central',
      backupSchedule: '0 2 * * *',
    });
  });

  it('stays shut for who may not change it, and says why', async () => {
    const api = aCoderFleetApi({
      getDeployment: async () => aDetail({ name: 'locked' }),
    });
    renderPage('/coder-fleet/locked', { api, allowed: false });
    const change = await button();
    expect(
      await screen.findByTitle(/You may not change it.*deployment\.update$/),
    ).toContainElement(change);
    expect(change).toBeDisabled();
  });

  it('is not there for files that are kept elsewhere', async () => {
    renderPage('/coder-fleet/payments', {
      api: aCoderFleetApi({
        getDeployment: async () =>
          aDetail({
            repository: { type: 'url', location: 'https://git.example.com/a' },
          }),
      }),
    });
    await screen.findByRole('button', { name: 'Refresh now' }, COLD);
    expect(screen.queryByRole('button', { name: 'Change…' })).toBeNull();
  });
});
