import assert from 'node:assert/strict';
import { chromium } from '@playwright/test';

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const TIMEOUT_MS = 60_000;

/**
 * Opens the fleet page as a person behind the reverse proxy does.
 *
 * @param options - `executablePath` of Chromium; `url` of the portal;
 *   `screenshot`: file
 * @returns `requests`: what the page asked for; `configuration`: what the portal
 *   told the browser; `token`: what the page authenticates with
 */
export async function openFleetPage({ executablePath, url, screenshot }) {
  const browser = await chromium.launch({ executablePath, args: ARGS });
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    page.setDefaultTimeout(TIMEOUT_MS);
    const problems = [];
    const requests = [];
    let token;
    page.on('console', message => {
      if (message.type() === 'error') {
        problems.push(`${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', error => problems.push(error.stack ?? error.message));
    page.on('request', request => {
      requests.push(request.url());
      const { authorization } = request.headers();
      token = authorization?.replace(/^Bearer /, '') ?? token;
    });
    try {
      await page.goto(`${url}/coder-fleet`);
      await page
        .getByRole('heading', { name: 'Coder Fleet', level: 1 })
        .waitFor();
      await page.getByText('No deployments yet').waitFor();
    } finally {
      await page.screenshot({ path: screenshot });
    }
    const configuration = await page
      .locator('script[type="backstage.io/config"]')
      .first()
      .textContent();
    assert.deepEqual(problems, [], 'errors on the browser console');
    return { requests, configuration, token };
  } finally {
    await browser.close();
  }
}
