// Roles that are called otherwise, in what the browser writes as well as in what the server wrote.

import { expect, test } from "../support/fixtures.js";
import { chip, main } from "../support/users.js";

test("a role is called what the settings say, before and after the application is there", async ({ page, open }) => {
  const roles = main(page).getByRole("region", { name: "Roles", exact: true });
  const field = roles.getByLabel("Name of the role Manager");
  const save = async (label) => {
    await page.goto("/settings");
    await field.fill(label);
    await roles.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved: Roles.")).toBeVisible();
  };
  const badge = (label) => page.locator("tbody .badge").getByText(label, { exact: true });
  await save("Tutor <1>");
  await open("/users?role=manager");
  await expect(badge("Tutor <1>").first()).toBeVisible();
  // From here on, the browser writes.
  await main(page).getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/users$/);
  await page.goBack();
  await expect(page).toHaveURL(/role=manager/);
  await expect(badge("Tutor <1>").first()).toBeVisible();
  await expect(badge("Manager")).toHaveCount(0);
  await expect(chip(page, "Role").locator("..")).toContainText("Tutor <1>");
  await save("Manager");
  await open("/users?role=manager");
  await expect(badge("Manager").first()).toBeVisible();
});
