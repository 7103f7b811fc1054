import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';

/** Every page of the plugin; Draco has a finding, a topology, artifacts and support links. */
const PAGES = [
  '/coder-fleet',
  '/coder-fleet?view=regions',
  '/coder-fleet/draco',
  '/coder-fleet/draco/health',
  '/coder-fleet/draco/cva?show=all',
  '/coder-fleet/draco/backups',
  '/coder-fleet/draco/topology',
  '/coder-fleet/draco/artifacts',
  '/coder-fleet/draco/support',
];

/** Pages of Backstage itself: what they break is not ours to mend. */
const STOCK = ['/settings', '/', '/catalog/default/group/team-retail'];

async function open(page: Page, path: string, content: string) {
  await page.goto(path);
  await expect(page.locator(content).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page breaks a rule of accessibility in the ${colorScheme} theme`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await signIn(page);
    const known = new Set<string>();
    for (const path of STOCK) {
      await open(page, path, 'h1');
      (await violations(page, 'html')).forEach(({ id }) => known.add(id));
    }
    const ours = async () =>
      (await violations(page, 'html')).filter(({ id }) => !known.has(id));
    for (const path of PAGES) {
      await open(page, path, 'main article h2, main table');
      expect.soft(await violations(page, 'main article'), path).toEqual([]);
      // The shell around the plugin is Backstage's own
      expect.soft(await ours(), `${path}, all of it`).toEqual([]);
    }
    // Among cards and tabs of others
    for (const path of ['', '/coder-fleet']) {
      const entity = `/catalog/default/system/draco${path}`;
      await open(page, entity, 'main h2');
      expect.soft(await ours(), entity).toEqual([]);
    }
  });
}
