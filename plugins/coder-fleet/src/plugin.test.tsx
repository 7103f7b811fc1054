import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { ANNOTATION_DEPLOYMENT } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  CoderFleetPage,
  coderFleetApiRef,
  coderFleetPlugin,
  EntityCoderFleetCard,
  EntityCoderFleetContent,
  isCoderFleetAvailable,
  rootRouteRef,
} from '.';
import { aCoderFleetApi } from './__testUtils__/aCoderFleetApi';

const COLD = { timeout: 60_000 };

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: {
    name: 'payments',
    annotations: { [ANNOTATION_DEPLOYMENT]: 'payments' },
  },
};

function renderClassic(element: ReactNode, path: string) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [coderFleetApiRef, aCoderFleetApi()],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/coder-fleet': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

const pages = (
  <Routes>
    <Route path="/coder-fleet/*" element={<CoderFleetPage />} />
  </Routes>
);

describe('the plugin for the classic frontend system', () => {
  it('serves the fleet under its own header', async () => {
    await renderClassic(pages, '/coder-fleet');
    expect(
      await screen.findByRole('table', { name: 'Deployments' }, COLD),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Coder Fleet' }),
    ).toBeInTheDocument();
  });

  it('serves a deployment, and leads back to the fleet', async () => {
    await renderClassic(pages, '/coder-fleet/payments/artifacts');
    expect(
      await screen.findByRole(
        'tab',
        { name: 'Artifacts', selected: true },
        COLD,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Coder Fleet' })).toHaveAttribute(
      'href',
      '/coder-fleet',
    );
  });

  it('has a card for entities that belong to a deployment', async () => {
    await renderClassic(
      <EntityProvider entity={entity}>
        <EntityCoderFleetCard />
      </EntityProvider>,
      '/',
    );
    expect(
      await screen.findByRole('link', { name: 'Open in Coder Fleet' }, COLD),
    ).toHaveAttribute('href', '/coder-fleet/payments');
    expect(isCoderFleetAvailable(entity)).toBe(true);
    expect(
      isCoderFleetAvailable({ ...entity, metadata: { name: 'other' } }),
    ).toBe(false);
  });

  it('has a tab whose tabs stay below the entity', async () => {
    await renderClassic(
      <EntityProvider entity={entity}>
        <Routes>
          <Route
            path="/catalog/default/system/payments/coder-fleet/*"
            element={<EntityCoderFleetContent />}
          />
        </Routes>
      </EntityProvider>,
      '/catalog/default/system/payments/coder-fleet/health',
    );
    expect(
      await screen.findByRole('tab', { name: 'Health', selected: true }, COLD),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Artifacts' })).toHaveAttribute(
      'href',
      '/catalog/default/system/payments/coder-fleet/artifacts',
    );
  });

  it('implements its API', () => {
    expect([...coderFleetPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      coderFleetApiRef.id,
    ]);
  });
});
