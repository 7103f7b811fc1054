import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { settingsModule } from './modules/settings';
import { signInModule } from './modules/signIn';

/**
 * The portal. Plugins are not listed here: `app.packages` in app-config.yaml
 * discovers every frontend plugin that package.json depends on.
 *
 * @internal
 */
export const app = createApp({
  features: [navModule, settingsModule, signInModule],
});
