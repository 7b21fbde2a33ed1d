// From an empty database to the first administrator.

import { expect, nobody, test, withAndWithoutScripts } from "../support/fixtures.js";
import { card, figure } from "../support/users.js";

const first = { username: "first.admin", email: "first@example.com", password: "a long enough password" };

test.use(nobody);

async function complete(page, link, { demo = false } = {}) {
  await page.goto(link);
  await page.getByLabel("Username", { exact: true }).fill(first.username);
  await page.getByLabel("E-mail", { exact: true }).fill(first.email);
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
    await expect(page).toHaveURL(new RegExp(`^${fresh.url}/(users|sign-in)`));
    if (page.url().includes("/sign-in")) {
      await page.getByLabel("Username or e-mail").fill(first.username);
      await page.getByLabel("Password", { exact: true }).fill(first.password);
      await page.getByRole("button", { name: "Sign in" }).click();
    }
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    expect(await figure(card(page, "Total"))).toBe(1);

    await page.goto(fresh.link);
    await expect(page.getByText(/set up already/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Create administrator" })).toHaveCount(0);
  });

  test("fills the database with demo data where wanted", async ({ page, fresh, guard }) => {
    guard.allow(/status of 401/);
    await complete(page, fresh.link, { demo: true });
    await expect(page).toHaveURL(new RegExp(`^${fresh.url}/(users|sign-in)`), { timeout: 40_000 });
    await page.goto(`${fresh.url}/users`);
    expect(await figure(card(page, "Total"))).toBeGreaterThan(3_000);
  });

  test("says what is wrong, and keeps what was right", async ({ page, fresh, guard }) => {
    guard.allow(/status of (422|403)/);
    await page.goto(fresh.link);
    await page.getByLabel("Username", { exact: true }).fill("Not A Name!");
    await page.getByLabel("E-mail", { exact: true }).fill(first.email);
    await page.getByLabel("Password", { exact: true }).fill("short7!");
    // The sentence is the server's: the browser's own checks are off or pass.
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page.getByText(/Use 3 to 50 characters/).first()).toBeVisible();
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(first.email);
  });

  test("refuses a link that was not printed", async ({ page, fresh, guard }) => {
    guard.allow(/status of 403/);
    await page.goto(`${fresh.url}/setup?token=${"A".repeat(43)}`);
    const button = page.getByRole("button", { name: "Create administrator" });
    if ((await button.count()) > 0) await complete(page, page.url());
    await expect(page.getByText(/set-up link is not valid/)).toBeVisible();
  });
});

test("lets nobody in before that", async ({ page, fresh, guard }) => {
  guard.allow(/status of (401|403|409)/);
  await page.goto(`${fresh.url}/users`);
  await expect(page).toHaveURL(/\/(sign-in|setup)/);
});
