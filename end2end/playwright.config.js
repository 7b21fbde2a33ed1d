// The browser tests: each worker has a Chromium and a release server with a database of its own.

import { defineConfig } from "@playwright/test";

import { launchOptions } from "./support/browser.js";

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  // A test that passes at the second try has found something.
  retries: 0,
  fullyParallel: false,
  workers: process.env.WORKERS ? Number(process.env.WORKERS) : 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // It takes a third of the time. To have one: make e2e ARGS="--trace on -g name"
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    launchOptions,
  },
});
