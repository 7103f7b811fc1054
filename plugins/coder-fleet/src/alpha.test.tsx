import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { ANNOTATION_DEPLOYMENT } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen } from '@testing-library/react';
import plugin from './alpha';
import { coderFleetApiRef } from './api';
import { aCoderFleetApi } from './__testUtils__/aCoderFleetApi';

const COLD = { timeout: 60_000 };

function renderPlugin(path: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [[coderFleetApiRef, aCoderFleetApi()], mockApis.permission()],
  });
}

/** An entity's page with our card and one that every entity has. */
function renderEntity(annotations: Record<string, string>) {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'payments', annotations },
  };
  return renderTestApp({
    features: [plugin],
    extensions: [
      createTestEntityPage({ entity }),
      plugin.getExtension('entity-card:coder-fleet'),
      EntityCardBlueprint.make({
        name: 'always',
        params: { loader: async () => <div>Always there</div> },
      }),
    ],
    apis: [
      [coderFleetApiRef, aCoderFleetApi()],
      catalogApiMock({ entities: [entity] }),
      mockApis.permission(),
    ],
  });
}

describe('the plugin for the new frontend system', () => {
  it('serves the fleet, and has title and icon for the navigation', async () => {
    renderPlugin('/coder-fleet');
    expect(
      await screen.findByRole('table', { name: 'Deployments' }, COLD),
    ).toBeInTheDocument();
    expect(plugin.title).toBe('Coder Fleet');
    expect(plugin.icon).toBeDefined();
  });

  it('serves a deployment under its name', async () => {
    renderPlugin('/coder-fleet/payments/health');
    expect(
      await screen.findByRole('tab', { name: 'Health', selected: true }, COLD),
    ).toBeInTheDocument();
  });

  it('shows the state of the deployment that an entity belongs to', async () => {
    renderEntity({ [ANNOTATION_DEPLOYMENT]: 'payments' });
    expect(
      await screen.findByRole('link', { name: 'Open in Coder Fleet' }, COLD),
    ).toHaveAttribute('href', '/coder-fleet/payments');
    expect(screen.getAllByText('healthy')[0]).toBeInTheDocument();
  });

  it('adds nothing to entities without the annotation', async () => {
    renderEntity({});
    await screen.findByText('Always there', {}, COLD);
    expect(screen.queryByText('Open in Coder Fleet')).toBeNull();
  });

  it('has the form fields of the scaffolder', () => {
    for (const id of [
      'scaffolder-form-field:coder-fleet/field',
      'scaffolder-form-field:coder-fleet/choice',
      'scaffolder-form-field:coder-fleet/list',
      'scaffolder-form-field:coder-fleet/plan',
    ] as const) {
      expect(plugin.getExtension(id)).toBeDefined();
    }
  });
});
