// Groups: make one, fill it, filter by it, rename and delete it; with and without scripts.

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { filter, ids, main, option, popover } from "../support/users.js";

/** Makes a group through the page, and stays on its own. */
async function make(page, name) {
  await page.goto("/groups");
  await page.getByText("New group", { exact: true }).click();
  await page.getByLabel("Name", { exact: false }).fill(name);
  await page.getByLabel("What it is for").fill("They test.");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

withAndWithoutScripts((javaScriptEnabled) => {
  const mark = javaScriptEnabled ? "with scripts" : "plain";

  test("a group is made, filled, filtered by, renamed and deleted", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    await open("/users?size=25");
    const [first, second] = await ids(page);
    const name = `Ärzte & <Co> ${mark}`;
    await make(page, name);
    await expect(page.getByText(`The group ${name} was created.`)).toBeVisible();

    // A list, of which one entry is unknown and stays in the field.
    await page.getByLabel("Or paste a list").fill(`#${first}\n#${second}\nno-such-person`);
    await page.getByRole("button", { name: "Add the people of this list" }).click();
    await expect(page.getByText("Added: 2. In the group already: 0.")).toBeVisible();
    await expect(page.getByLabel("Or paste a list")).toHaveValue("no-such-person");
    // Others are found by a part of their e-mail address.
    await page.getByRole("searchbox", { name: "Find people by name" }).fill("example");
    await page.getByRole("searchbox", { name: "Find people by name" }).press("Enter");
    const found = page.locator("#add tbody tr").filter({ has: page.getByRole("checkbox") }).first();
    await found.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Add ticked people" }).click();
    await expect(page.getByText("Added to the group: 1 person.")).toBeVisible();
    await expect(main(page).getByRole("heading", { name: "Members 3 members" })).toBeVisible();

    // The users page has the filter, its counts, and the column.
    await page.getByRole("link", { name: "Show on the users page" }).click();
    await expect(page).toHaveURL(/tab=all/);
    expect(await ids(page)).toHaveLength(3);
    await open("/users?tab=all&col=name&col=groups");
    await filter(page, "Groups").click();
    await expect(option(popover(page, "Groups"), name)).toContainText("3");
    await option(popover(page, "Groups"), name).click();
    await expect(main(page).getByRole("link", { name: "Remove Groups" })).toBeVisible();
    expect(await ids(page)).toHaveLength(3);
    await expect(main(page).getByRole("cell", { name }).first()).toBeVisible();

    await page.goto("/groups");
    await page.getByRole("searchbox", { name: "Search groups" }).fill(`arzte & <co> ${mark}`);
    await page.getByRole("searchbox", { name: "Search groups" }).press("Enter");
    await page.getByRole("link", { name, exact: true }).click();
    await page.locator("#members").getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Remove ticked people" }).click();
    await expect(page.getByText("Removed from the group: 1 person.")).toBeVisible();
    await page.getByRole("textbox", { name: "Name", exact: false }).fill("-");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Use at least one letter or digit.")).toBeVisible();
    await page.getByRole("textbox", { name: "Name", exact: false }).fill(`Doctors ${mark}`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Doctors ${mark}` })).toBeVisible();
    // A link to the former name still shows its people.
    await open(`/users?tab=all&group=${encodeURIComponent(name)}`);
    expect(await ids(page)).toHaveLength(2);

    await page.goto("/groups");
    await page.getByRole("link", { name: `Doctors ${mark}` }).click();
    await page.getByRole("link", { name: "Delete group…" }).click();
    await expect(page.getByRole("heading", { name: `Delete Doctors ${mark}?` })).toBeVisible();
    await page.getByRole("button", { name: "Delete group" }).click();
    await expect(page.getByText(`The group Doctors ${mark} was deleted.`)).toBeVisible();
  });
});

test("what was typed is asked about before it is lost", async ({ page }) => {
  await page.goto("/groups");
  await page.getByText("New group", { exact: true }).click();
  await page.getByLabel("Name", { exact: false }).fill("Half a group");
  const asked = new Promise((resolve) => page.once("dialog", async (dialog) => resolve(await dialog.dismiss())));
  await page.getByRole("link", { name: "Users", exact: true }).first().click();
  await asked;
  await expect(page.getByLabel("Name", { exact: false })).toHaveValue("Half a group");
  page.once("dialog", (dialog) => dialog.accept());
});

test.describe("axe", () => {
  // Colours are measured where they have arrived, not on their way.
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("axe finds nothing", async ({ page, open, guard }) => {
    guard.allow(/status of 404/);
    await open("/users?size=25");
    const [first] = await ids(page);
    await make(page, "A group for axe");
    await page.getByLabel("Or paste a list").fill(`#${first} no-such-person`);
    await page.getByRole("button", { name: "Add the people of this list" }).click();
    await clean(page);
    const address = page.url().replace(/\/add.*/, "");
    for (const path of ["?add=a", "/delete", "/permissions", "/limits"]) {
      await page.goto(address + path);
      await clean(page);
    }
    await page.goto("/groups");
    await page.getByText("New group", { exact: true }).click();
    await clean(page);
    await page.goto("/groups/999999");
    await clean(page);
  });
});
