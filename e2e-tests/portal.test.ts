import { expect, menu, signIn, test } from './fixtures';

test('a visitor signs in and opens the fleet page', async ({ page }) => {
  await signIn(page);
  await menu(page)
    .getByRole('link', { name: 'Coder Fleet', exact: true })
    .click();
  await expect(page).toHaveURL(/\/coder-fleet$/);
  await expect(
    page.getByRole('heading', { name: 'Coder Fleet', level: 1 }),
  ).toBeVisible();
});

test('the fleet page is reached by its address, too', async ({ page }) => {
  await signIn(page);
  await page.goto('/coder-fleet');
  await expect(
    page.getByRole('heading', { name: 'Coder Fleet', level: 1 }),
  ).toBeVisible();
});

test('the catalog is the home page and knows the teams', async ({ page }) => {
  await signIn(page);
  await page.goto('/catalog/default/group/team-retail');
  await expect(page.getByText('Shops, tills and the web store')).toBeVisible();
});
