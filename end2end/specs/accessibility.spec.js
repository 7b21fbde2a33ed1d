// axe finds nothing on any page, in light and dark, on a desk and on a phone.

import { clean } from "../support/axe.js";
import { expect, nobody, submitSignIn, test } from "../support/fixtures.js";
import { ids, main } from "../support/users.js";

// Colours are measured where they have arrived, not on their way.
test.use({ contextOptions: { reducedMotion: "reduce" } });

// 25 rows are like 50 of them.
const pages = [
  ["/users?size=25", "Newest people"],
  ["/users?tab=pending&size=25", "Columns of invitations"],
  ["/users?tab=deleted", "Deleted people"],
  ["/users?tab=all&registered=12m&role=user&paying=yes&colour=blue&size=25", "Chips"],
  ["/users?q=zzzz-no-such-person", "Nobody matches"],
  ["/users?dialog=registered&size=25", "A filter with dates"],
  ["/users?dialog=promo&promo=none&size=25", "A filter with options"],
  ["/users?dialog=budget&size=25", "A filter with a number"],
  ["/users?dialog=columns&size=25", "Columns"],
  ["/users?dialog=paste&size=25", "Paste a list"],
  ["/users?dialog=save-view&size=25", "Save a view"],
  ["/users?dialog=export&size=25", "Export people"],
  ["/users?person=999999999&size=25", "A person who is gone"],
  ["/trends", "Trends"],
  ["/trends?period=1971-01-01..1971-03-31&grain=month&colour=blue", "No registrations"],
  ["/there-is-no-such-page", "No page"],
  ["/views/there-is-no-such-view", "No view"],
];

for (const [address, name] of pages) {
  test(name, async ({ page, open, guard }) => {
    guard.allow(/status of 404/);
    await open(address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    if (address === "/trends") await expect(main(page).locator("canvas").first()).toBeVisible();
    await clean(page);
  });
}

test("A person", async ({ page, open }) => {
  await open("/users?size=25");
  const [id] = await ids(page);
  await open(`/users?size=25&person=${id}`);
  await expect(page.getByRole("complementary", { name: "Person" }).getByRole("heading", { level: 2 })).toBeVisible();
  await clean(page);
});

test("The table of a chart", async ({ page, open }) => {
  await open("/trends?period=30d");
  for (const summary of await main(page).locator("details.twin summary").all()) await summary.click();
  await expect(main(page).getByRole("table")).toHaveCount(3);
  await clean(page);
});

test("The meaning of the figures, and what one can do about oneself", async ({ page, open }) => {
  await open("/users?size=25");
  await main(page).getByText("Statistics: what the figures mean").click();
  await page.locator("details.me summary").click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await clean(page);
});

test.describe("without a session", () => {
  test.use(nobody);

  test("Sign-in, and what it says to a wrong password", async ({ page }) => {
    await page.goto("/sign-in");
    await clean(page);
    await submitSignIn(page, "nobody-by-this-name", "not the password");
    await expect(page.getByText(/don't match/)).toBeVisible();
    await clean(page);
  });

  test("Set-up, with a good link and with a bad one", async ({ page, fresh }) => {
    await page.goto(`${fresh.url}/setup?token=no-such-token`);
    await expect(page.getByText(/set-up link is not valid/)).toBeVisible();
    await clean(page);
    await page.goto(fresh.link);
    await expect(page.getByRole("button", { name: "Create administrator" })).toBeVisible();
    await clean(page);
  });

  test("No page", async ({ page, guard }) => {
    guard.allow(/status of 404/);
    await page.goto("/there-is-no-such-page");
    await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
    await clean(page);
  });
});

test("the keyboard skips to the content", async ({ page, open }) => {
  await open("/users");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#content$/);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => Boolean(document.activeElement.closest("main")))).toBe(true);
});
