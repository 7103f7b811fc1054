import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
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

const entity = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'payments', annotations },
  spec: { owner: 'group:default/platform' },
});

function renderPlugin(path: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [[coderFleetApiRef, aCoderFleetApi()], mockApis.permission()],
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

  it.each(['entity-card:coder-fleet', 'entity-content:coder-fleet'])(
    'brings %s for entities with the annotation, filtered by configuration-friendly predicate',
    id => {
      expect(plugin.getExtension(id)).toBeDefined();
    },
  );
});

describe('the entity card', () => {
  const renderEntity = (annotations: Record<string, string>) =>
    renderTestApp({
      features: [plugin],
      extensions: [createTestEntityPage({ entity: entity(annotations) })],
      apis: [
        [coderFleetApiRef, aCoderFleetApi()],
        catalogApiMock({ entities: [entity(annotations)] }),
        mockApis.permission(),
      ],
    });

  it('shows the state of the deployment that the entity belongs to', async () => {
    renderEntity({ [ANNOTATION_DEPLOYMENT]: 'payments' });
    expect(
      await screen.findByRole('link', { name: 'Open in Coder Fleet' }, COLD),
    ).toHaveAttribute('href', '/coder-fleet/payments');
    expect(screen.getByText('healthy')).toBeInTheDocument();
    expect(screen.getByText('2.36.5')).toBeInTheDocument();
  });

  it('is not there for other entities', async () => {
    renderEntity({});
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(screen.queryByText('Open in Coder Fleet')).toBeNull();
  });
});
