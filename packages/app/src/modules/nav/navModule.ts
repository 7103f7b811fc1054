import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { sidebar } from './Sidebar';

/**
 * Replaces the sidebar of the stock app with the portal's own.
 *
 * @internal
 */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sidebar],
});
