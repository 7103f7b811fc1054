import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { navModule } from './navModule';

function pluginWithPage(pluginId: string, title: string) {
  const routeRef = createRouteRef();
  return createFrontendPlugin({
    pluginId,
    title,
    icon: <span />,
    routes: { root: routeRef },
    extensions: [
      PageBlueprint.make({
        params: { path: `/${pluginId}`, routeRef, loader: async () => <p /> },
      }),
    ],
  });
}

describe('the sidebar', () => {
  it('leads with Create, Catalog and Coder Fleet; the rest follows by title', async () => {
    renderTestApp({
      features: [
        navModule,
        pluginWithPage('zebra', 'Zebra'),
        pluginWithPage('coder-fleet', 'Coder Fleet'),
        pluginWithPage('catalog', 'Catalog'),
        pluginWithPage('apple', 'Apple'),
        pluginWithPage('user-settings', 'Settings'),
        pluginWithPage('scaffolder', 'Create'),
      ],
    });
    const nav = await screen.findByRole('navigation');
    const links = within(nav)
      .getAllByRole('link')
      .map(link => link.getAttribute('aria-label') ?? link.textContent);
    expect(links).toEqual([
      'Coder Fleet home',
      'Create',
      'Catalog',
      'Coder Fleet',
      'Apple',
      'Zebra',
      'Settings',
    ]);
  });
});
