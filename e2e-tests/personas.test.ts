import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures';

/** Of the demo: one of Retail, and one of another unit. */
const OWN = 'Aurora';
const FOREIGN = 'Borealis';

function row(page: Page, name: string) {
  return page.getByRole('row', { name: new RegExp(name) });
}

async function seesOnlyRetail(page: Page): Promise<void> {
  await page.goto('/coder-fleet');
  await expect(row(page, OWN)).toBeVisible();
  await expect(row(page, FOREIGN)).toBeHidden();
  const rows = await page.getByRole('table').getAttribute('aria-rowcount');
  // As many as there are rows, the head not counted: no count tells of others
  await expect(
    page.getByRole('status').filter({ hasText: 'deployment' }).first(),
  ).toContainText(`${Number(rows) - 1} deployment`);

  await page.goto(`/coder-fleet/${FOREIGN.toLowerCase()}`);
  await expect(
    page.getByText(`There is no deployment "${FOREIGN.toLowerCase()}"`),
  ).toBeVisible();

  // The index follows the catalog at an interval, and the page does not ask again
  await expect(async () => {
    await page.goto(`/search?query=${OWN}`);
    await expect(
      page.getByRole('link', { name: new RegExp(OWN) }).first(),
    ).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto(`/search?query=${FOREIGN}`);
  await expect(page.getByText(/no results/i).first()).toBeVisible();
}

/** What the catalog's own API shows of an entity: nothing, for who may not see it. */
async function entityStatus(page: Page, name: string): Promise<boolean> {
  await page.goto(`/catalog/default/system/${name.toLowerCase()}`);
  const missing = page.getByText(/could not be found|not found/i).first();
  const found = page.getByRole('heading', { name: new RegExp(name) }).first();
  await expect(missing.or(found)).toBeVisible();
  return found.isVisible();
}

test('a platform engineer sees every unit', async ({ page }) => {
  await signIn(page, 'platform');
  await page.goto('/coder-fleet');
  await expect(row(page, OWN)).toBeVisible();
  await page.goto(`/coder-fleet/${FOREIGN.toLowerCase()}`);
  await expect(page.getByRole('heading', { name: FOREIGN })).toBeVisible();
});

test.describe('what others have', () => {
  test.use({ expectedStatuses: [404] });

  test('an owner sees neither rows, pages, entities, hits nor counts of', async ({
    page,
  }) => {
    await signIn(page, 'owner');
    await seesOnlyRetail(page);
    expect(await entityStatus(page, OWN)).toBe(true);
    expect(await entityStatus(page, FOREIGN)).toBe(false);
  });

  test('a developer sees nothing of either, and changes nothing', async ({
    page,
  }) => {
    await signIn(page, 'developer');
    await seesOnlyRetail(page);
    await page.goto(`/coder-fleet/${OWN.toLowerCase()}`);
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeDisabled();
  });
});
