import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Every page of the plugin; Draco has a finding, a topology, artifacts and support links. */
const PAGES = [
  '/coder-fleet',
  '/coder-fleet?view=regions',
  '/coder-fleet/draco',
  '/coder-fleet/draco/health',
  '/coder-fleet/draco/cva?show=all',
  '/coder-fleet/draco/topology',
  '/coder-fleet/draco/artifacts',
  '/coder-fleet/draco/support',
];

/** Pages of Backstage itself: what they break is not ours to mend. */
const STOCK = ['/settings', '/', '/catalog/default/group/team-retail'];

async function violations(page: Page, path: string, selector: string) {
  await page.goto(path);
  await expect(
    page
      .locator('main article h2, main table')
      .first()
      .or(page.locator('h1'))
      .first(),
  ).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.evaluate(AXE);
  const found = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(selector)})`,
  );
  return found.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html }) => html.slice(0, 200)),
  }));
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
      for (const { id } of await violations(page, path, 'html')) {
        known.add(id);
      }
    }
    for (const path of PAGES) {
      expect
        .soft(await violations(page, path, 'main article'), path)
        .toEqual([]);
      // The shell around the plugin is Backstage's own
      const whole = await violations(page, path, 'html');
      expect
        .soft(
          whole.filter(({ id }) => !known.has(id)),
          `${path}, with the shell`,
        )
        .toEqual([]);
    }
    // Among the cards and tabs of others
    for (const path of [
      '/catalog/default/system/draco',
      '/catalog/default/system/draco/coder-fleet',
    ]) {
      expect
        .soft(
          (await violations(page, path, 'html')).filter(
            ({ id }) => !known.has(id),
          ),
          path,
        )
        .toEqual([]);
    }
  });
}
