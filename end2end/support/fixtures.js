// What the tests build on: `server` with 300 invented people, `page` signed in as administrator,
// and `guard`, which fails a test on anything that went wrong in the browser while it ran.

import { test as base, expect } from "@playwright/test";

import { admin, colleague, fill, serve, temporaryFolder } from "./server.js";

export { admin, colleague, expect };

/** Use with `test.use(nobody)` where nobody is signed in. */
export const nobody = { storageState: { cookies: [], origins: [] } };

export const test = base.extend({
  /** A server that all tests of a worker share. Tests change nothing that others read. */
  server: [
    async ({}, use) => {
      const { folder, remove } = await temporaryFolder();
      const database = `${folder}/rollcall.db`;
      await fill(database);
      const server = await serve(database);
      await use(server);
      await server.stop();
      await remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  /** The cookies of an administrator, who signs in once for all tests of a worker. */
  signedIn: [
    async ({ browser, server }, use) => {
      await use(await stateOf(browser, server, admin));
    },
    { scope: "worker", timeout: 60_000 },
  ],

  /** The cookies of another administrator. */
  colleagueSignedIn: [
    async ({ browser, server }, use) => {
      await use(await stateOf(browser, server, colleague));
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),
  storageState: async ({ signedIn }, use) => use(signedIn),

  /** Watches every page of the test's contexts; see `Guard`. */
  guard: async ({ server }, use) => {
    const guard = new Guard(server.url);
    await use(guard);
    expect(guard.problems(), "nothing goes wrong in the browser").toEqual([]);
  },

  context: async ({ context, guard }, use) => {
    guard.watch(context);
    await use(context);
  },

  /** Another server, on an empty database, and the set-up link that it printed. */
  fresh: async ({ page, guard }, use) => {
    const { folder, remove } = await temporaryFolder();
    const server = await serve(`${folder}/rollcall.db`);
    guard.alsoOrigin(server.url);
    await expect.poll(() => server.output).toMatch(/\/setup\?token=/);
    const [link] = /\/setup\?token=[\w.~-]+/.exec(server.output);
    await use({ url: server.url, link: server.url + link });
    // What the page still loads would fail, and be taken for a fault.
    await page.goto("about:blank");
    await server.stop();
    await remove();
  },

  /** Goes to an address and, where scripts are on, waits until they have taken over. */
  open: async ({ page, javaScriptEnabled }, use) => {
    await use(async (address) => {
      const response = await page.goto(address);
      if (javaScriptEnabled !== false) await hydrated(page);
      return response;
    });
  },
});

/** Runs the same tests with and without scripts. */
export function withAndWithoutScripts(tests) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
      test.use({ javaScriptEnabled });
      tests(javaScriptEnabled);
    });
  }
}

/**
 * Collects console errors (violations of the Content-Security-Policy are among them), uncaught
 * exceptions, requests to other origins and answers with 5xx.
 */
class Guard {
  #origins;
  #found = [];
  #allowed = [];

  constructor(...origins) {
    this.#origins = origins;
  }

  /** Adds a browser context that the test itself opened. */
  watch(context) {
    context.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#found.push(`exception: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(data|blob|about):$/.test(url.protocol)) return;
      if (!this.#origins.includes(url.origin)) this.#found.push(`foreign request: ${request.url()}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) this.#found.push(`status ${response.status()}: ${response.url()}`);
    });
  }

  /** Another server that the test talks to. */
  alsoOrigin(origin) {
    this.#origins.push(origin);
  }

  /** What the test provokes on purpose, such as the console's note of a 404. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  problems() {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}

/** The cookies of someone who has signed in. */
async function stateOf(browser, server, { username, password }) {
  const context = await browser.newContext({ baseURL: server.url, ...nobody });
  await signIn(await context.newPage(), username, password);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Signs in through the form and waits for the page behind it. */
export async function signIn(page, login, password) {
  await page.goto("/sign-in");
  await submitSignIn(page, login, password);
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Fills in and sends the form of the page that is open. */
export async function submitSignIn(page, login, password) {
  await page.getByLabel("Username or e-mail").fill(login);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Resolves once scripts have taken over the page. */
export async function hydrated(page) {
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}
