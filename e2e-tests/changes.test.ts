import { type Page } from '@playwright/test';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';

/** Of the demo, and what of it is changed. */
const NAME = 'aurora';
const BEFORE = '800';
const AFTER = '1500';

async function next(page: Page) {
  await page.getByRole('button', { name: 'Next' }).click();
}

function field(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true });
}

async function picture(page: Page, name: string) {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({
      path: `e2e-results/${name}-${scheme}.png`,
      fullPage: true,
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a deployment is changed by the form that it was requested with', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(`/coder-fleet/${NAME}`);
  const plan = page.getByRole('table', { name: 'Plan' });
  await expect(plan.getByRole('row', { name: /^Users 800/ })).toBeVisible();
  await picture(page, 'change-button');
  await page.getByRole('button', { name: 'Change…' }).click();

  await expect(page).toHaveURL(/templates\/default\/coder-deployment\?/);
  await expect(field(page, 'Name')).toHaveValue(NAME);
  await expect(field(page, 'Display name')).toHaveValue('Aurora');
  await expect(
    page.getByText('Changes Aurora: running this again edits it'),
  ).toBeVisible();
  await picture(page, 'change-name');
  await next(page);
  await expect(field(page, 'Expected users')).toHaveValue(BEFORE);
  await field(page, 'Expected users').fill(AFTER);
  for (let step = 0; step < 5; step++) {
    await next(page);
  }

  const changes = page.getByRole('region', { name: 'What changes' });
  await expect(
    changes.getByRole('row', { name: `Users ${BEFORE} ${AFTER}` }),
  ).toBeVisible();
  await expect(
    changes.getByRole('row', { name: 'Tier 1k users 2k users' }),
  ).toBeVisible();
  await expect(changes.getByText('spec.users.expected')).toBeVisible();
  await expect(
    changes
      .getByRole('listitem')
      .filter({ hasText: 'helm/provisioners/eu-west/values.yaml' }),
  ).toContainText(/changed.*\+\d+ −\d+/);
  await picture(page, 'changes');
  expect(await violations(page, 'section[aria-labelledby]')).toEqual([]);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Deployment', exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/coder-fleet/${NAME}$`));
  await expect(plan.getByRole('row', { name: /^Users 1,?500/ })).toBeVisible();
  await page.goto(`/coder-fleet/${NAME}/artifacts`);
  const history = page.getByRole('region', { name: 'History' });
  await expect(
    history.getByText(`Update Coder deployment ${NAME}`),
  ).toBeVisible();
});

test('what nobody may change is not offered for it', async ({ page }) => {
  await signIn(page, 'developer');
  await page.goto(`/coder-fleet/${NAME}`);
  await expect(page.getByRole('button', { name: 'Change…' })).toBeDisabled();
});
