import { type Page } from '@playwright/test';
import { violations } from './axe';
import { choose, expect, signIn, test } from './fixtures';
import { press, review } from './requestForm';
import { setFaults } from './simulator';

const NAME = 'polaris';
const ACCESS_URL = `https://${NAME}.coder.localhost:7443`;

/** The tracker's cycle in the demo (10 s), the page's own (5 s), and some time to draw. */
const ONE_CYCLE = { timeout: 20_000 };

async function fill(page: Page, label: string, value: string) {
  await page.getByRole('textbox', { name: label, exact: true }).fill(value);
}

async function fillForm(page: Page) {
  await page.goto('/create/templates/default/coder-deployment');
  await fill(page, 'Name', NAME);
  await fill(page, 'Display name', 'Polaris: ${{ 7 * 7 }} # <b>');
  await page.getByRole('textbox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'Retail', exact: true }).click();
  await choose(page, 'Business unit', 'Retail');
  await press(page, 'Next');
  await fill(page, 'Expected users', '1200');
  await expect(page.getByText('2k, for at most 2,000 users')).toBeVisible();
  await page.screenshot({ path: 'e2e-results/preview.png', fullPage: true });
  // The address has what was filled in
  await expect(page).toHaveURL(/formData=.*expectedUsers.*1200/);
  await page.reload();
  await expect(
    page.getByRole('button', { name: 'Business unit Retail', exact: true }),
  ).toBeVisible();
  await press(page, 'Next');
  await press(page, 'Next');
  // The cluster is the only one of its region, and follows it
  await choose(page, 'Region', 'us-east');
  await expect(
    page.getByRole('button', { name: 'Cluster demo-us-east', exact: true }),
  ).toBeVisible();
  await choose(page, 'Region', 'eu-west');
  await expect(
    page.getByRole('button', { name: 'Cluster demo-eu-west', exact: true }),
  ).toBeVisible();
  expect(await violations(page, 'article [aria-haspopup="listbox"]')).toEqual(
    [],
  );
  await fill(page, 'Access URL', ACCESS_URL);
  await fill(page, 'Wildcard URL', `*.${NAME}.coder.localhost`);
  await press(page, 'Next');
  await press(page, 'Next');
  await press(page, 'Next');
  await press(page, 'Next');
  await expect(page.getByRole('table', { name: 'Plan' })).toBeVisible();
  await page.screenshot({
    path: 'e2e-results/preview-last.png',
    fullPage: true,
  });
  await review(page);
}

function row(page: Page) {
  return page.getByRole('row', { name: new RegExp(NAME) });
}

test.describe.serial('a request', () => {
  test('becomes a tracked deployment that turns healthy by itself', async ({
    page,
  }) => {
    await signIn(page);
    await fillForm(page);
    await expect(page.getByText(ACCESS_URL)).toBeVisible();
    await press(page, 'Create');
    await page.getByRole('link', { name: 'Deployment', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/coder-fleet/${NAME}$`));

    await page.goto('/coder-fleet');
    await expect(row(page)).toContainText('healthy', { timeout: 60_000 });
    await expect(row(page)).toContainText('2.36.5');
    await expect(row(page)).toContainText('Polaris: ${{ 7 * 7 }} # <b>');

    await page.goto(`/coder-fleet/${NAME}`);
    await expect(page.getByText('3 of 3')).toBeVisible();
  });

  test('stands in the catalog as a System with its parts', async ({ page }) => {
    await signIn(page);
    await page.goto(`/catalog/default/system/${NAME}`);
    await expect(
      page.getByRole('link', { name: /control plane$/ }),
    ).toBeVisible();
    await expect(
      page.getByRole('link', { name: /provisioners in eu-west$/ }),
    ).toBeVisible();
  });

  test('left its artifacts in Git, as they were rendered', async ({ page }) => {
    await signIn(page);
    await page.goto(`/coder-fleet/${NAME}/artifacts`);
    await page
      .getByRole('link', { name: 'helm/control-plane/values.yaml' })
      .click();
    await expect(page.getByText('replicaCount: 3')).toBeVisible();
  });

  test('is unreachable within one cycle once it is stopped, and comes back', async ({
    page,
  }) => {
    await signIn(page);
    await page.goto('/coder-fleet');
    await expect(row(page)).toContainText('healthy');

    await setFaults(NAME, { stopped: true });
    await expect(row(page)).toContainText('unreachable', ONE_CYCLE);
    await expect(row(page)).toContainText(/ago/);
    await page.goto(`/catalog/default/system/${NAME}`);
    await expect(
      page.getByRole('link', { name: /control plane$/ }),
    ).toBeVisible();

    await page.goto('/coder-fleet');
    await setFaults(NAME, {});
    await expect(row(page)).toContainText('healthy', { timeout: 30_000 });
  });
});

test('the form says at the field what is wrong', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto('/create/templates/default/coder-deployment');
  await fill(page, 'Name', 'Not_a_label');
  await press(page, 'Next');
  await expect(page.getByText(/must be a DNS label/).first()).toBeVisible();
  // Of another unit: no word more
  await fill(page, 'Name', 'borealis');
  await press(page, 'Next');
  await expect(page.getByText(/is taken/).first()).toBeVisible();
});
