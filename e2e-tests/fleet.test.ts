import { expect, signIn, test } from './fixtures';

/** What each deployment of the demo shows: its state, and why, in words. */
const FLEET: Array<[string, RegExp, RegExp, RegExp?]> = [
  ['Aurora', /healthy/, /every section of its health as ok/],
  ['Borealis', /unreachable/, /borealis\.coder\.localhost:7443 /],
  ['Cygnus', /healthy/, /every section of its health as ok/],
  ['Draco', /healthy/, /every section/, /2\.29\.5/],
  ['Eridanus', /healthy/, /every section/, /2\.33\.4.*unsupported/],
  ['Fornax', /healthy/, /every section/, /2\.99\.0/],
  ['Gemini', /degraded/, /Coder reports a warning: Database/],
  ['Hydra', /degraded/, /Dismissed in Coder, but not ok: DERP relays/],
  ['Indus', /degraded/, /has no licence for more than one/],
  ['Lyra', /healthy/, /every section/],
  ['Musca', /unknown/, /health is not readable: the token is not an Owner's/],
  ['Orion', /upgrading/, /upgrade to 2\.37\.1 was declared until 2099-12-31/],
];

test('each of the twelve deployments shows its state and the reason for it in words', async ({
  page,
}) => {
  await signIn(page);
  await page.setViewportSize({ width: 1440, height: 1200 });
  await page.goto('/coder-fleet');
  for (const [name, state, reason, version] of FLEET) {
    const row = page.getByRole('row', { name: new RegExp(name) });
    await expect(row).toContainText(state, { timeout: 60_000 });
    if (version) {
      await expect(row).toContainText(version);
    }
    await row.getByRole('link', { name }).first().click();
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
    await expect(page.getByText(reason).first()).toBeVisible();
    await page.goBack();
  }
  await page.screenshot({ path: 'e2e-results/fleet.png' });
});

test('what was accepted is said on the page, and what has ended counts as none', async ({
  page,
}) => {
  await signIn(page);
  await page.setViewportSize({ width: 1440, height: 1800 });
  await page.goto('/coder-fleet/cygnus/cva?show=all');
  await expect(
    page
      .getByText(/Accepted until .* by Paula.*: The Community edition/i)
      .first(),
  ).toBeVisible();
  await page.screenshot({ path: 'e2e-results/cva.png' });
  await page.goto('/coder-fleet/eridanus/cva');
  await expect(
    page.getByText(/No longer accepted: that ended on/).first(),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Accept: The release is supported/ }),
  ).toBeEnabled();
  await page.goto('/coder-fleet/draco/cva');
  const statements = page.getByRole('region', { name: 'Statements' });
  await expect(statements.getByText(/^Holds;/)).toBeVisible();
  await expect(statements.getByText(/^Does not hold;/)).toBeVisible();
});

test('a deviation is accepted, and the acceptance taken back', async ({
  page,
}) => {
  await signIn(page);
  await page.goto('/coder-fleet/lyra/cva');
  const findings = page.getByRole('region', { name: 'Findings' });
  const accept = findings.getByRole('button', { name: /^Accept: / }).first();
  await expect(accept).toBeEnabled();
  const title = (await accept.getAttribute('aria-label'))?.slice(8) ?? '';
  await accept.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Why/).fill('Tried in the browser');
  await page.screenshot({ path: 'e2e-results/waiver-dialog.png' });
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  const waivers = page.getByRole('region', { name: 'Accepted deviations' });
  await expect(waivers.getByText(/Tried in the browser/)).toBeVisible();
  // What was accepted does not need a hand any more.
  await expect(
    findings.getByRole('button', { name: `Accept: ${title}` }),
  ).toHaveCount(0);
  await waivers.getByRole('button', { name: /^Take back/ }).click();
  await expect(waivers.getByText('No deviation was accepted.')).toBeVisible();
  await expect(
    findings.getByRole('button', { name: `Accept: ${title}` }),
  ).toBeVisible();
});
