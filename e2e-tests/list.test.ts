import { type Page } from '@playwright/test';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';
import { press, review } from './requestForm';

const FORM = '/create/templates/default/coder-deployments';

/** Two of one business unit; `users` are those of the second. */
const list = (users: string) => `defaults:
  owner: group:default/team-retail
  edition: premium
  regions:
    - name: eu-west
      cluster: demo-eu-west
  database:
    type: external
    highlyAvailable: true
  backup:
    schedule: 0 2 * * *
    retentionDays: 30
  release:
    channel: stable
deployments:
  - name: castor
    spec:
      displayName: Castor
      businessUnit: retail
      users:
        expected: 200
      accessUrl: https://castor.coder.localhost:7443
  - name: pollux
    spec:
      displayName: Pollux
      businessUnit: retail
      users:
        expected: ${users}
      accessUrl: https://pollux.coder.localhost:7443
`;

const field = (page: Page) =>
  page.getByRole('textbox', { name: 'Deployments', exact: true });
const row = (page: Page, name: string) =>
  page.getByRole('row', { name: new RegExp(name) });
const history = (page: Page) => page.getByRole('region', { name: 'History' });

/** Runs the template to its end. */
async function request(page: Page, text: string): Promise<void> {
  await page.goto(FORM);
  await field(page).fill(text);
  await review(page);
  await press(page, 'Create');
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await expect(page).toHaveURL(/\/coder-fleet$/);
}

test.describe.serial('a list of deployments', () => {
  test('says in which row and field something is wrong, and does not go on', async ({
    page,
  }) => {
    await signIn(page);
    await page.goto(FORM);
    await field(page).fill(list('0'));
    await field(page).blur();
    await expect(
      page.getByText(/^Row 2 \(pollux\), spec\.users\.expected: /),
    ).toBeVisible();
    expect(await violations(page, 'article form')).toEqual([]);
    await page.screenshot({ path: 'e2e-results/list-wrong.png' });
    await press(page, 'Review');
    await expect(
      page.getByRole('button', { name: 'Create', exact: true }),
    ).toHaveCount(0);
  });

  test('becomes one tracked deployment for each, with a repository of its own', async ({
    page,
  }) => {
    await signIn(page);
    await request(page, list('300'));
    for (const name of ['castor', 'pollux']) {
      await expect(row(page, name)).toContainText('healthy', {
        timeout: 60_000,
      });
    }
    await page.goto('/coder-fleet/pollux/artifacts');
    await expect(
      history(page).getByText('Request Coder deployment pollux'),
    ).toBeVisible();
  });

  test('run again, changes only what is new in it', async ({ page }) => {
    await signIn(page);
    await request(page, list('1500'));
    await page.goto('/coder-fleet/pollux');
    await expect(
      page
        .getByRole('table', { name: 'Plan' })
        .getByRole('row', { name: /^Users 1,?500/ }),
    ).toBeVisible();
    await page.goto('/coder-fleet/pollux/artifacts');
    await expect(
      history(page).getByText('Update Coder deployment pollux'),
    ).toBeVisible();
    await page.goto('/coder-fleet/castor/artifacts');
    await expect(
      history(page).getByText('Request Coder deployment castor'),
    ).toBeVisible();
    await expect(
      history(page).getByText('Update Coder deployment castor'),
    ).toHaveCount(0);
  });
});
