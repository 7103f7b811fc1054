import { expect, signIn, test } from './fixtures';

/** What each deployment of the demo shows: its state, and why, in words. */
const FLEET: Array<[string, RegExp, RegExp, RegExp?]> = [
  ['Aurora', /healthy/, /every section of its health as ok/],
  ['Borealis', /unreachable/, /./],
  ['Cygnus', /healthy/, /every section of its health as ok/],
  ['Draco', /healthy/, /every section/, /2\.29\.5/],
  ['Eridanus', /healthy/, /every section/, /2\.33\.4.*unsupported/],
  ['Fornax', /healthy/, /every section/, /2\.99\.0/],
  ['Gemini', /degraded/, /Coder reports a warning: Database/],
  ['Hydra', /degraded/, /Dismissed in Coder, but not ok: DERP relays/],
  ['Indus', /healthy|degraded/, /./],
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
