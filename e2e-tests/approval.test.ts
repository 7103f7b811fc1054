import type { Locator, Page } from '@playwright/test';
import { violations } from './axe';
import { expect, signIn, test } from './fixtures';
import { openForm, press, submit, toLastStep } from './requestForm';

const NAME = 'vela';
/** Of the business unit whose requests somebody else approves; no rule fails. */
const ANSWERS = {
  name: NAME,
  displayName: 'Vela',
  owner: 'group:default/team-retail',
  businessUnit: 'stores',
  edition: 'premium',
  expectedUsers: 700,
  activeShare: 0.6,
  region: 'eu-west',
  cluster: 'demo-eu-west',
  accessUrl: `https://${NAME}.coder.localhost:7443`,
  wildcardUrl: `*.${NAME}.coder.localhost`,
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  databaseHighlyAvailable: true,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  supportLinks: [],
};

function panel(page: Page, name: string): Locator {
  return page.getByRole('region', { name });
}

const own = (page: Page) => panel(page, 'Your requests that need an approval');
const others = (page: Page) => panel(page, 'Requests that wait for you');

/** In both themes: no rule of accessibility is broken, and there is a picture to look at. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.getByText(NAME, { exact: true }).first()).toBeVisible();
    expect.soft(await violations(page, 'main article'), name).toEqual([]);
    await page.screenshot({ path: `e2e-results/${name}-${colorScheme}.png` });
  }
}

test.describe.serial('a request that needs an approval', () => {
  let task: string;

  test('stops, and is shown to who asked without a way to approve it', async ({
    page,
  }) => {
    await signIn(page, 'owner');
    await openForm(page, ANSWERS);
    await toLastStep(page);
    await submit(page);
    await expect(page.getByText(/Approval requested/).first()).toBeVisible();
    task = page.url();
    expect(task).toContain('/create/tasks/');

    await page.goto('/coder-fleet');
    await expect(own(page).getByText(NAME, { exact: true })).toBeVisible();
    await expect(own(page).getByText(/^You asked for it/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
    await expect(others(page)).toBeHidden();
    await look(page, 'approval-own');
  });

  test('is approved by somebody else, who sees its figures', async ({
    page,
  }) => {
    await signIn(page);
    await page.goto('/coder-fleet');
    const request = others(page)
      .getByRole('listitem')
      .filter({ hasText: NAME });
    await expect(request).toContainText('A new deployment, to be approved');
    for (const figure of ['Vela', '700', 'eu-west', ANSWERS.accessUrl]) {
      await expect(request.getByText(figure, { exact: true })).toBeVisible();
    }
    await look(page, 'approval-pending');

    await request.getByRole('button', { name: /^Approve / }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(ANSWERS.accessUrl)).toBeVisible();
    await dialog.getByLabel('Comment').fill('Planned for this year');
    expect.soft(await violations(page, '[role=dialog]')).toEqual([]);
    await page.screenshot({ path: 'e2e-results/approval-dialog.png' });
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(request).toBeHidden();
  });

  test('goes on when the task is started over', async ({ page }) => {
    await signIn(page, 'owner');
    await page.goto('/coder-fleet');
    await expect(own(page).getByText(/^Approved by/)).toHaveText(
      /^Approved by .*: start the task over$/,
    );
    await expect(own(page).getByText(/Planned for this year/)).toBeVisible();
    await look(page, 'approval-given');

    await page.goto(task);
    await press(page, 'Start Over');
    await toLastStep(page);
    await submit(page);
    await page.getByRole('link', { name: 'Deployment', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/coder-fleet/${NAME}$`));
    await expect(page.getByRole('heading', { name: 'Vela' })).toBeVisible();
    await page.goto('/coder-fleet');
    await expect(
      page.getByRole('row', { name: new RegExp(NAME) }),
    ).toBeVisible();
    await expect(own(page)).toBeHidden();
  });
});
