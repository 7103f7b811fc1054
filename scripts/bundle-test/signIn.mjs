import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../lib/processes.mjs';

const TIMEOUT_MS = 60_000;

const PROXY_MODULE =
  '@backstage/plugin-auth-backend-module-oauth2-proxy-provider';

/** The user whom the reverse proxy knows; org.yaml has her. */
const IDENTITY = {
  'x-forwarded-user': 'paula',
  'x-forwarded-email': 'paula@example.com',
  'x-forwarded-preferred-username': 'paula',
};

/**
 * How a person gets into this bundle: by what the reverse proxy says, or, where
 * the portal has no such provider, as a guest, whom only a test lets in.
 *
 * @param options - `bundle` and `folder` (of this test)
 * @returns `byProxy`; `identity`: headers of the proxy; `configs` on top of the
 *   production configuration; `known(url)`, by proxy only: waits until the
 *   catalog has the person; `enter(page)`: what the person does
 */
export function signInOf({ bundle, folder }) {
  if (existsSync(join(bundle, 'node_modules', PROXY_MODULE))) {
    return {
      byProxy: true,
      identity: IDENTITY,
      configs: [],
      known: async url => {
        const refresh = `${url}/api/auth/oauth2Proxy/refresh`;
        const signsIn = async () =>
          (await fetch(refresh, { headers: IDENTITY })).ok;
        const options = { timeoutMs: TIMEOUT_MS, intervalMs: 500 };
        if (!(await waitFor(signsIn, options))) {
          throw new Error('the portal does not sign in whom the proxy names');
        }
      },
      enter: async () => {},
    };
  }
  return {
    byProxy: false,
    identity: {},
    configs: [join(folder, 'app-config.guest.yaml')],
    enter: page => page.getByRole('button', { name: 'Enter' }).click(),
  };
}
