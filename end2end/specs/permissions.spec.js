// Permissions and limits: what counts and why, for everybody, a role and a person; with and without
// scripts.

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { ids, main } from "../support/users.js";

const rule = (page, label) => page.getByRole("group", { name: label });
const choose = (page, label, choice) => rule(page, label).getByText(choice, { exact: true }).click();

withAndWithoutScripts((javaScriptEnabled) => {
  test("a person's permission, with its source", async ({ page, open }) => {
    await open("/users?role=user&status=active&size=25");
    const person = (await ids(page)).at(javaScriptEnabled ? 0 : 1);
    await page.goto(`/users/${person}/permissions`);
    const badges = rule(page, "Badges");
    await expect(badges.getByText("Allowed", { exact: true })).toBeVisible();
    await expect(badges.getByText("default of the role User")).toBeVisible();
    await choose(page, "Badges", "Deny");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Show the effect" }).click();
    await expect(badges.getByText("Denied", { exact: true })).toBeVisible();
    await expect(badges.getByText("set for this person")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(/^The permissions of .* were saved\.$/)).toBeVisible();
    await expect(badges.getByRole("radio", { name: "Deny" })).toBeChecked();
    await choose(page, "Badges", "Inherit");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Show the effect" }).click();
    await expect(badges.getByText("default of the role User")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(badges.getByRole("radio", { name: "Inherit" })).toBeChecked();
  });

  test("a person's limits", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    await open("/users?role=user&status=active&size=25");
    const person = (await ids(page)).at(javaScriptEnabled ? 2 : 3);
    await page.goto(`/users/${person}/limits`);
    await page.getByLabel("Tokens in a calendar month").fill("a lot");
    await page.getByLabel("Credits in total").fill("12.50");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Show the effect" }).click();
    await expect(page.getByText("Enter a number such as 100")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Enter a number such as 100")).toBeVisible();
    await expect(page.getByLabel("Credits in total")).toHaveValue("12.50");
    await page.getByLabel("Tokens in a calendar month").fill("1,000,000");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Show the effect" }).click();
    await expect(page.getByText("1,000,000, set for this person")).toBeVisible();
    await expect(page.getByText("12.5, set for this person")).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(/^The limits of .* were saved\.$/)).toBeVisible();
    await expect(page.getByText("1,000,000, set for this person")).toBeVisible();
    await open(`/users?tab=all&q=%23${person}&col=name&col=budget`);
    await expect(main(page).getByText(/\/ 12\.5 cr/)).toBeVisible();
  });
});

test("the daily message limit is a switch", async ({ page }) => {
  await page.goto("/limits");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("everybody may send 10 messages in 24 hours")).toBeVisible();
  await page.goto("/limits/administrator");
  await expect(page.getByText("not for administrators")).toBeVisible();
  await page.goto("/limits");
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Off: nobody is held back")).toBeVisible();
});

test("the keyboard chooses", async ({ page }) => {
  await page.goto("/permissions/user");
  const radio = rule(page, "Billing").getByRole("radio", { name: "Inherit" });
  await radio.focus();
  await page.keyboard.press("ArrowRight");
  await expect(rule(page, "Billing").getByRole("radio", { name: "Allow" })).toBeChecked();
  await expect(rule(page, "Billing").getByText("set for the role User")).toBeVisible();
});

test.describe("axe", () => {
  // Colours are measured where they have arrived, not on their way.
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  for (const address of ["/permissions", "/permissions/manager", "/limits", "/limits/user", "/licences", "/users/999999/limits"]) {
    test(`axe finds nothing on ${address}`, async ({ page, guard }) => {
      guard.allow(/status of 404/);
      await page.goto(address);
      await clean(page);
    });
  }

  test("axe finds nothing on a person's pages", async ({ page, open }) => {
    await open("/users?size=25");
    const [person] = await ids(page);
    for (const what of ["permissions", "limits"]) {
      await page.goto(`/users/${person}/${what}`);
      await clean(page);
    }
  });
});
