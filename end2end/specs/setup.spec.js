// From an empty database to the first administrator.

import { expect, nobody, test, withAndWithoutScripts } from "../support/fixtures.js";
import { card, figure } from "../support/users.js";

const first = { username: "first.admin", email: "first@example.com", password: "a long enough password" };

test.use(nobody);

async function complete(page, link, { demo = false } = {}) {
  await page.goto(link);
  await send(page, { ...first, demo });
}

/** Fills in and sends the form of the page that is open. */
async function send(page, { username, email, demo = false }) {
  await page.getByLabel("Username", { exact: true }).fill(username);
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(first.password);
  const box = page.getByRole("checkbox", { name: /Fill with demo data/ });
  if (demo) await box.check();
  else await box.uncheck();
  await page.getByRole("button", { name: "Create administrator" }).click();
}

withAndWithoutScripts(() => {
  test("creates the first administrator, once", async ({ page, fresh, guard }) => {
    guard.allow(/status of (401|403|409)/);
    await complete(page, fresh.link);
    await expect(page).toHaveURL(`${fresh.url}/users`);
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    expect(await figure(card(page, "Total"))).toBe(1);

    // Whoever is in already has no use for the link.
    await page.goto(fresh.link);
    await expect(page).toHaveURL(`${fresh.url}/users`);
    await page.context().clearCookies();
    await page.goto(fresh.link);
    await expect(page.getByText(/set up already/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Create administrator" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });

  test("takes the link from one of two who have it open", async ({ page, fresh, browser, javaScriptEnabled, guard }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    guard.watch(context);
    const other = await context.newPage();
    await other.goto(fresh.link);
    await complete(page, fresh.link);
    await expect(page).toHaveURL(`${fresh.url}/users`);
    await send(other, { username: "second.admin", email: "second@example.com" });
    await expect(other.getByText(/set up already/)).toBeVisible();
    await other.goto(`${fresh.url}/users`);
    await expect(other).toHaveURL(/\/sign-in/);
    await context.close();
  });

  test("fills the database with demo data where wanted", async ({ page, fresh, guard }) => {
    guard.allow(/status of 401/);
    await complete(page, fresh.link, { demo: true });
    await expect(page).toHaveURL(`${fresh.url}/users`, { timeout: 40_000 });
    expect(await figure(card(page, "Total"))).toBeGreaterThan(3_000);
  });

  test("says what is wrong, and keeps what was right", async ({ page, fresh, guard }) => {
    guard.allow(/status of (422|403)/);
    await page.goto(fresh.link);
    await page.getByLabel("Username", { exact: true }).fill("Not A Name!");
    await page.getByLabel("E-mail", { exact: true }).fill(first.email);
    await page.getByLabel("Password", { exact: true }).fill("short7!");
    const button = page.getByRole("button", { name: "Create administrator" });
    await button.click();
    // The browser itself minds the length of the password; the rest is the server's word.
    expect(await page.getByLabel("Password", { exact: true }).evaluate((field) => field.validity.tooShort)).toBe(true);
    await page.getByLabel("Password", { exact: true }).fill(first.password);
    await button.click();
    await expect(page.getByText(/Use 3 to 50 characters/).first()).toBeVisible();
    await expect(page.getByLabel("Username", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Username", { exact: true })).toHaveValue("Not A Name!");
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(first.email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    expect(page.url()).not.toContain("a+long");

    await page.getByLabel("Username", { exact: true }).fill(first.username);
    await page.getByLabel("Password", { exact: true }).fill(first.password);
    await button.click();
    await expect(page).toHaveURL(`${fresh.url}/users`);
  });

  test("refuses a link that was not printed", async ({ page, fresh, guard }) => {
    guard.allow(/status of 403/);
    await page.goto(`${fresh.url}/setup?token=${"A".repeat(43)}`);
    await expect(page.getByText(/set-up link is not valid/)).toBeVisible();
  });
});

test("lets nobody in before that", async ({ page, fresh, guard }) => {
  guard.allow(/status of (401|403|409)/);
  await page.goto(`${fresh.url}/users`);
  await expect(page).toHaveURL(/\/(sign-in|setup)/);
});
