import { defineConfig } from '@playwright/test';

// `npm run e2e` starts the portal and sets these; see scripts/e2e.mjs.
const { E2E_BASE_URL, CHROMIUM_PATH, E2E_JSON, CI } = process.env;

export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: 'e2e-results/artifacts',
  // The tests share one portal and its database.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(CI),
  reporter: [
    ['list'],
    ...(E2E_JSON ? [['json', { outputFile: E2E_JSON }] as const] : []),
  ],
  use: {
    baseURL: E2E_BASE_URL ?? 'http://localhost:3000',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
