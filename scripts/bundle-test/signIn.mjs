import { waitFor } from '../lib/processes.mjs';

const TIMEOUT_MS = 60_000;

/** Whom the reverse proxy names; org.yaml has her. */
export const IDENTITY = {
  'x-forwarded-user': 'paula',
  'x-forwarded-email': 'paula@example.com',
  'x-forwarded-preferred-username': 'paula',
};

/** What the log says of somebody whom the catalog does not have yet. */
export const REFUSED = /Failed to sign-in/;

/** Waits until the catalog knows her: it is read in the seconds after the start. */
export async function signsIn(url) {
  const refresh = `${url}/api/auth/oauth2Proxy/refresh`;
  const works = async () => (await fetch(refresh, { headers: IDENTITY })).ok;
  const options = { timeoutMs: TIMEOUT_MS, intervalMs: 500 };
  if (!(await waitFor(works, options))) {
    throw new Error('the portal does not sign in whom the proxy names');
  }
}
