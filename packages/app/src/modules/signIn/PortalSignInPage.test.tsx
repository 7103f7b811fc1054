import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { configApiRef, discoveryApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { PortalSignInPage } from './PortalSignInPage';

const PERSONAS = [
  {
    name: 'owner',
    title: 'Omar, owner',
    description: 'Answers for deployments.',
    userEntityRef: 'user:default/omar',
  },
];
const SESSION = {
  profile: {},
  providerInfo: {},
  backstageIdentity: {
    token: `a.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.b`,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/omar',
      ownershipEntityRefs: [],
    },
  },
};

function show(portal: object, onSignInSuccess = jest.fn()) {
  const config = mockApis.config({ data: { portal } });
  renderInTestApp(
    <TestApiProvider
      apis={[
        [configApiRef, config],
        [
          discoveryApiRef,
          { getBaseUrl: async (id: string) => `http://localhost/api/${id}` },
        ],
      ]}
    >
      <PortalSignInPage onSignInSuccess={onSignInSuccess} />
    </TestApiProvider>,
  );
  return onSignInSuccess;
}

describe('PortalSignInPage', () => {
  const fetchSpy = jest.fn();
  beforeEach(() => {
    window.sessionStorage.clear();
    fetchSpy
      .mockReset()
      .mockImplementation(
        async () =>
          ({ ok: true, status: 200, json: async () => SESSION }) as Response,
      );
    global.fetch = fetchSpy;
  });

  it('signs a visitor in as the persona that was chosen, and remembers it', async () => {
    const succeeded = show({ personas: PERSONAS });
    expect(await screen.findByText('Answers for deployments.')).toBeVisible();
    fireEvent.click(
      screen.getByRole('button', { name: 'Enter as Omar, owner' }),
    );
    await waitFor(() => expect(succeeded).toHaveBeenCalled());
    const [url, init] = fetchSpy.mock.calls[0];
    expect(url).toBe('http://localhost/api/auth/personas/refresh');
    expect(new Headers(init.headers).get('x-portal-persona')).toBe('owner');

    const again = show({ personas: PERSONAS });
    await waitFor(() => expect(again).toHaveBeenCalled());
  });

  it('asks again after signing out', async () => {
    const succeeded = show({ personas: PERSONAS });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Enter as Omar, owner' }),
    );
    await waitFor(() => expect(succeeded).toHaveBeenCalled());
    await succeeded.mock.calls[0][0].signOut();
    expect(window.sessionStorage.length).toBe(0);
  });

  it('leaves signing in to the proxy where that is configured', async () => {
    const succeeded = show({ signInProvider: 'oauth2Proxy' });
    await waitFor(() => expect(succeeded).toHaveBeenCalled());
    expect(fetchSpy.mock.calls[0][0]).toBe(
      'http://localhost/api/auth/oauth2Proxy/refresh',
    );
  });

  it('says what is missing where nothing is configured', async () => {
    show({});
    expect(await screen.findByText(/set portal.signInProvider/)).toBeVisible();
  });
});
