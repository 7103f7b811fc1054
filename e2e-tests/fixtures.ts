import {
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

/**
 * Messages of stock Backstage that no code of this repository can avoid, each
 * with its reason. Anything else on the console fails the test.
 */
const STOCK_MESSAGES: { pattern: RegExp; reason: string }[] = [];

function isStock(message: string): boolean {
  return STOCK_MESSAGES.some(({ pattern }) => pattern.test(message));
}

function watchConsole(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', message => {
    const text = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && !isStock(text)) {
      problems.push(text);
    }
  });
  page.on('pageerror', error => {
    if (!isStock(error.message)) {
      problems.push(`uncaught: ${error.stack ?? error.message}`);
    }
  });
  return problems;
}

/** Playwright's `test`; its page fails the test when the console has errors. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const problems = watchConsole(page);
    await use(page);
    expect(problems, 'errors on the browser console').toEqual([]);
  },
});

/** The portal's menu. */
export function menu(page: Page): Locator {
  return page.getByRole('navigation', { name: 'sidebar nav' });
}

/** Signs in as the guest and waits until the portal's menu is there. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    menu(page).getByRole('link', { name: 'Coder Fleet', exact: true }),
  ).toBeVisible();
}

export { expect };
