import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that are broken in a part of the page, and where. */
export async function violations(page: Page, part: string) {
  await page.evaluate(AXE);
  const found = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(part)})`,
  );
  return found.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html }) => html.slice(0, 200)),
  }));
}
