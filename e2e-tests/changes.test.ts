import { type Page } from '@playwright/test';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';
import { press, submit } from './requestForm';

/** Of the demo, and what of it is changed. */
const NAME = 'aurora';
const BEFORE = '800';
const AFTER = '1500';

/** Those of the plugin: what is around them is the scaffolder's own. */
const PANELS = 'section[aria-labelledby]';

function field(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true });
}

/** From the page with the users to the last one. */
async function toLastStep(page: Page) {
  for (let step = 0; step < 5; step++) {
    await press(page, 'Next');
  }
  await expect(
    changes(page).getByRole('row', { name: `Users ${BEFORE} ${AFTER}` }),
  ).toBeVisible();
}

function changes(page: Page) {
  return page.getByRole('region', { name: 'What changes' });
}

async function picture(page: Page, name: string) {
  await page.screenshot({ path: `e2e-results/${name}.png`, fullPage: true });
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
  await press(page, 'Change…');

  await expect(page).toHaveURL(/templates\/default\/coder-deployment\?/);
  await expect(field(page, 'Name')).toHaveValue(NAME);
  await expect(field(page, 'Display name')).toHaveValue('Aurora');
  await expect(
    page.getByText('Changes Aurora: running this again edits it'),
  ).toBeVisible();
  await picture(page, 'change-name');
  await press(page, 'Next');
  await expect(field(page, 'Expected users')).toHaveValue(BEFORE);
  await field(page, 'Expected users').fill(AFTER);
  await toLastStep(page);

  const what = changes(page);
  await expect(
    what.getByRole('row', { name: 'Tier 1k users 2k users' }),
  ).toBeVisible();
  await expect(what.getByText('spec.users.expected')).toBeVisible();
  await expect(
    what
      .getByRole('listitem')
      .filter({ hasText: 'helm/provisioners/eu-west/values.yaml' }),
  ).toContainText(/changed.*\+\d+ −\d+/);
  await picture(page, 'changes-light');
  expect(await violations(page, PANELS)).toEqual([]);

  // Another theme builds the page anew, from the address
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(field(page, 'Name')).toHaveValue(NAME);
  await press(page, 'Next');
  await expect(field(page, 'Expected users')).toHaveValue(AFTER);
  await toLastStep(page);
  await picture(page, 'changes-dark');
  expect(await violations(page, PANELS)).toEqual([]);
  await submit(page);
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
