import { expect, type Page } from '@playwright/test';

/** Steps of the form before the last one. */
const STEPS_BEFORE_LAST = 6;

/** Presses the button of exactly this name: texts of a page that is about to go may hold the name, too. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Opens the form filled in, as a link to it does. */
export async function openForm(
  page: Page,
  answers: { name: string },
): Promise<void> {
  const formData = encodeURIComponent(JSON.stringify(answers));
  await page.goto(
    `/create/templates/default/coder-deployment?formData=${formData}`,
  );
  await expect(
    page.getByRole('textbox', { name: 'Name', exact: true }),
  ).toHaveValue(answers.name);
}

/** Goes from the first step to the last. */
export async function toLastStep(page: Page): Promise<void> {
  for (let step = 0; step < STEPS_BEFORE_LAST; step++) {
    await press(page, 'Next');
  }
}

/** Leaves the last step, and waits until its checks have let the request pass. */
export async function review(page: Page): Promise<void> {
  await press(page, 'Review');
  await expect(
    page.getByRole('button', { name: 'Create', exact: true }),
  ).toBeVisible();
}

/** Sends what the last step holds. */
export async function submit(page: Page): Promise<void> {
  await review(page);
  await press(page, 'Create');
}
