import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures';
import { openForm, submit, toLastStep } from './requestForm';

const NAME = 'vega';
/** The community edition has one replica: rules of severity high fail. */
const ANSWERS = {
  name: NAME,
  displayName: 'Vega',
  owner: 'group:default/team-retail',
  businessUnit: 'retail',
  edition: 'community',
  expectedUsers: 50,
  activeShare: 0.6,
  region: 'eu-west',
  cluster: 'demo-eu-west',
  accessUrl: `https://${NAME}.coder.localhost:7443`,
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  databaseHighlyAvailable: false,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  supportLinks: [],
};

/** The form is filled from its address. */
async function ask(page: Page): Promise<void> {
  await openForm(page, ANSWERS);
  await toLastStep(page);
  await expect(
    page.getByText(/deviations? ha(s|ve) to be accepted/).first(),
  ).toBeVisible();
  await submit(page);
}

test.describe.serial('a request that deviates', () => {
  test('waits for a waiver', async ({ page }) => {
    await signIn(page, 'owner');
    await ask(page);
    await expect(page.getByText(/Waiver requested/).first()).toBeVisible();
    await page.goto('/coder-fleet');
    await expect(page.getByRole('table')).toBeVisible();
    await expect(page.getByText('Requests that wait for you')).toBeHidden();
  });

  test('is accepted by somebody who may', async ({ page }) => {
    await signIn(page, 'platform');
    await page.goto('/coder-fleet');
    const waiting = page.getByRole('region', {
      name: 'Requests that wait for you',
    });
    await expect(waiting.getByText(NAME, { exact: true })).toBeVisible();
    await page.screenshot({ path: 'e2e-results/pending.png' });
    await waiting.getByRole('button', { name: /^Accept / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Why/).fill('A place to try things out');
    await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(waiting).toBeHidden();
  });

  test('then goes on, and what was accepted is its waiver', async ({
    page,
  }) => {
    await signIn(page, 'owner');
    await ask(page);
    await page.getByRole('link', { name: 'Deployment', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/coder-fleet/${NAME}$`));
    await page.goto(`/coder-fleet/${NAME}/cva?show=all`);
    await expect(
      page.getByText(/A place to try things out/).first(),
    ).toBeVisible();
  });
});
