// Signing in and out, with scripts and without.

import { admin, colleague, expect, nobody, signIn, submitSignIn, test, withAndWithoutScripts } from "../support/fixtures.js";

test.use(nobody);

withAndWithoutScripts(() => {
  test("leads to the users, by username or by e-mail", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    for (const login of [admin.username, admin.email.toUpperCase()]) {
      await page.context().clearCookies();
      await signIn(page, login, admin.password);
      await expect(page).toHaveURL(/\/users$/);
      await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    }
  });

  test("leads to the page that was wanted", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    await page.goto("/users?role=manager&sort=username");
    await expect(page).toHaveURL(/\/sign-in/);
    await submitSignIn(page, admin.username, admin.password);
    await expect(page).toHaveURL(/\/users\?role=manager&sort=username$/);
  });

  test("leads nowhere else", async ({ page, guard, baseURL }) => {
    guard.allow(/status of 401/);
    await page.goto("/trends");
    const address = new URL(page.url());
    // Whatever the parameter is called, it takes no address of another site.
    for (const name of new Set([...address.searchParams.keys(), "next", "to", "return"])) {
      address.searchParams.set(name, "//elsewhere.example/");
    }
    await page.goto(address.href);
    await submitSignIn(page, admin.username, admin.password);
    await expect(page).toHaveURL(new RegExp(`^${baseURL}/(users|trends)`));
  });

  test("says the same of a wrong password and of an unknown name", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    for (const login of ["nobody-by-this-name", colleague.email]) {
      await page.goto("/sign-in");
      await submitSignIn(page, login, "not the password");
      await expect(page.getByText(/don't match/)).toBeVisible();
      await expect(page.getByLabel("Username or e-mail")).toHaveValue(login);
      await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
      expect(page.url()).not.toContain("password");
    }
  });

  test("ends with signing out", async ({ page, guard }) => {
    guard.allow(/status of 401/);
    await signIn(page, admin.username, admin.password);
    await page.locator("summary", { hasText: admin.username }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByText("You are signed out.")).toBeVisible();
    await page.goto("/users");
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  });
});
