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

/** Chromium writes a failed request on the console, also one that a test is about. */
function isStatus(problem: string, statuses: readonly number[]): boolean {
  return statuses.some(status =>
    problem.startsWith(
      `Failed to load resource: the server responded with a status of ${status} `,
    ),
  );
}

/**
 * Playwright's `test`; its page fails the test when the console has errors. `expectedStatuses` are those
 * of requests that a test means to fail.
 */
export const test = base.extend<{ expectedStatuses: number[] }>({
  expectedStatuses: [[], { option: true }],
  page: async ({ page, expectedStatuses }, use) => {
    const problems = watchConsole(page);
    await use(page);
    expect(
      problems.filter(problem => !isStatus(problem, expectedStatuses)),
      'errors on the browser console',
    ).toEqual([]);
  },
});

/** The portal's menu. */
export function menu(page: Page): Locator {
  return page.getByRole('navigation', { name: 'sidebar nav' });
}

/** Whom a visitor may be, by the names on the sign-in page. */
const PERSONAS = {
  platform: 'Paula, platform engineer',
  owner: 'Omar, owner in Retail',
  developer: 'Dana, developer in Retail',
};

/** Signs in as a persona and waits until the portal's menu is there. */
export async function signIn(
  page: Page,
  persona: keyof typeof PERSONAS = 'platform',
): Promise<void> {
  await page.goto('/');
  await page
    .getByRole('button', { name: `Enter as ${PERSONAS[persona]}` })
    .click();
  await expect(
    menu(page).getByRole('link', { name: 'Coder Fleet', exact: true }),
  ).toBeVisible();
}

/** Chooses an answer of a form by its name for people. */
export async function choose(
  page: Page,
  label: string,
  option: string,
): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

export { expect };
