import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page breaks a rule of accessibility in the ${colorScheme} theme`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await signIn(page);
    for (const path of PAGES) {
      await page.goto(path);
      // The shell around the plugin is Backstage's own.
      await expect(
        page.locator('main article h2, main table').first(),
      ).toBeVisible();
      await page.waitForLoadState('networkidle');
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run('main article')`,
      );
      expect
        .soft(
          violations.map(({ id, help, nodes }) => ({
            id,
            help,
            where: nodes.map(({ html }) => html.slice(0, 200)),
          })),
          path,
        )
        .toEqual([]);
    }
  });
}
