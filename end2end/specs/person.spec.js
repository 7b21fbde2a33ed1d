// One person: the panel as the working place, the form with all fields, what ends access, and what a row
// does by itself; with and without scripts. Each test has people of its own.

import { readFile } from "node:fs/promises";

import { clean } from "../support/axe.js";
import { expect, test, withAndWithoutScripts } from "../support/fixtures.js";
import { main, settled } from "../support/users.js";

const panel = (page) => page.getByRole("complementary", { name: "Person" });
const toast = (page) => page.locator(".toast.done");

/** Somebody new, who is found by their address. */
async function somebody(page, name, address) {
  await page.goto("/import");
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "one.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`email,name\n${address},"${name}"\n`),
  });
  await page.getByRole("button", { name: "Look at the file" }).click();
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await expect(page.getByRole("heading", { name: "one.csv was imported" })).toBeVisible();
}

/** Opens the panel of the only person that a search finds. */
async function find(page, open, address, tab = "all") {
  await open(`/users?tab=${tab}&q=${address}`);
  await main(page).locator('tbody a[href*="person="]').first().click();
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
}

withAndWithoutScripts((scripts) => {
  const mark = scripts ? "js" : "plain";

  test("all fields are edited, and the view is gone back to", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    const address = `edit.${mark}@person.example`;
    await somebody(page, "Before", address);
    await find(page, open, address);
    await panel(page).getByRole("link", { name: "Edit" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Edit Before" })).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Zoë <b>名前</b>");
    await page.getByLabel("Phone").fill("nonsense");
    await page.getByLabel("Notes").fill("Met in Linz.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel("Phone")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Phone")).toHaveValue("nonsense");
    await expect(page.getByLabel("Notes")).toHaveValue("Met in Linz.");
    await page.getByLabel("Phone").fill("+43 660 7654321");
    await page.getByLabel("Manager").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(toast(page)).toContainText("was saved");
    await expect(page).toHaveURL(new RegExp(`q=${address.replace("@", "(@|%40)")}.*person=`));
    await expect(panel(page)).toContainText("Zoë <b>名前</b>");
    await expect(panel(page)).toContainText("Met in Linz.");
    await expect(panel(page).getByRole("listitem").filter({ hasText: "Before → Zoë <b>名前</b>" })).toBeVisible();
  });

  test("delete, restore, and delete permanently", async ({ page, open, guard }) => {
    guard.allow(/status of 422/);
    const address = `delete.${mark}@person.example`;
    await somebody(page, "Del Eted", address);
    await find(page, open, address);
    await panel(page).getByRole("link", { name: "Delete…" }).click();
    await expect(main(page).getByText("for 30 days")).toBeVisible();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(toast(page)).toContainText("Del Eted is in Recently deleted");
    await panel(page).getByRole("button", { name: "Restore" }).click();
    await expect(toast(page)).toContainText("Del Eted was restored");
    await panel(page).getByRole("link", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await panel(page).getByRole("link", { name: "Delete permanently…" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export as JSON" }).click(),
    ]);
    expect(JSON.parse(await readFile(await download.path(), "utf8")).person.email).toBe(address);
    await page.getByLabel(`Type ${address} to confirm`).fill("wrong");
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await expect(page.getByLabel(`Type ${address} to confirm`)).toHaveValue("wrong");
    await page.getByLabel(`Type ${address} to confirm`).fill(address);
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await expect(toast(page)).toContainText("gone for good");
    await expect(page).not.toHaveURL(/person=/);
  });

  test("a row suspends and reactivates", async ({ page, open }) => {
    await open(`/users?status=active&role=user&sort=${scripts ? "email" : "-email"}&size=25`);
    const button = main(page).getByRole("button", { name: /^Suspend (?!…)./ }).first();
    const name = (await button.getAttribute("aria-label")).replace("Suspend ", "");
    await button.click();
    await expect(toast(page)).toContainText(`${name} is suspended`);
    await expect(main(page).getByRole("button", { name: `Suspend ${name}`, exact: true })).toHaveCount(0);
    await open("/users?status=suspended&sort=-last-active");
    await main(page).getByRole("button", { name: `Reactivate ${name}`, exact: true }).click();
    await expect(toast(page)).toContainText(`${name} is active again`);
    if (scripts) await expect(page).toHaveURL(/status=suspended/);
  });

  test("a licence is given and taken in the row, and the focus stays", async ({ page, open }) => {
    await open(`/users?status=active&size=25&sort=${scripts ? "name" : "-name"}`);
    const off = main(page).getByRole("switch", { name: /^Licence of / }).and(page.locator('[aria-checked="false"]')).first();
    const name = await off.getAttribute("aria-label");
    const toggle = main(page).getByRole("switch", { name, exact: true });
    await toggle.focus();
    for (const is of ["true", "false"]) {
      await page.keyboard.press("Space");
      await expect(toggle).toHaveAttribute("aria-checked", is);
      await expect(toast(page)).toBeVisible();
      // A key that is down while the rows are written anew is not pressed.
      await settled(page);
      if (scripts) await expect(toggle).toBeFocused();
      else await toggle.focus();
    }
  });
});

test("what was typed is not left by mistake", async ({ page }) => {
  await page.goto("/users/1/edit");
  await page.getByLabel("About").pressSequentially("half a sen");
  let asked = false;
  page.on("dialog", (dialog) => {
    asked = dialog.type() === "beforeunload";
    return dialog.dismiss();
  });
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect.poll(() => asked).toBe(true);
  await expect(page.getByLabel("About")).toHaveValue("half a sen");
});

test("two who edit one person don't overwrite each other", async ({ page, open, browser, colleagueSignedIn, baseURL, guard }) => {
  guard.allow(/status of 422/);
  await somebody(page, "Both", "both@person.example");
  await find(page, open, "both@person.example");
  await panel(page).getByRole("link", { name: "Edit" }).click();
  const context = await browser.newContext({ baseURL, storageState: colleagueSignedIn });
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel("About").fill("by the colleague");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.locator(".toast.done")).toContainText("was saved");
  await context.close();
  await page.getByLabel("About").fill("by me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(main(page).getByText("changed this to “by the colleague” meanwhile")).toBeVisible();
  await expect(page.getByLabel("About")).toHaveValue("by me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(toast(page)).toContainText("was saved");
  await expect(panel(page)).toContainText("by me");
});

for (const [address, name] of [
  ["/users/1/edit", "The form of a person"],
  ["/users/2/delete", "Deleting somebody"],
  ["/users/2/erase", "Deleting somebody permanently"],
]) {
  test(`${name} has nothing for axe`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await clean(page);
  });
}

test("on a phone, a long address that has to be typed breaks where the page ends", async ({ page, open, guard }) => {
  guard.allow(/status of 422/);
  await page.setViewportSize({ width: 390, height: 844 });
  const address = `${"long".repeat(15)}@${"example".repeat(2)}.example`;
  await page.goto("/users/add");
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("button", { name: "Add user" }).click();
  await open(`/users?tab=all&q=${address}`);
  await settled(page);
  const id = await main(page).locator('tbody input[name="id"]').getAttribute("value");
  await page.goto(`/users/${id}/delete`);
  await main(page).locator('form[action$="/delete"] button').click();
  await page.goto(`/users/${id}/erase`);
  await page.getByLabel(/^Type /).fill("x");
  await main(page).getByRole("button", { name: "Delete permanently" }).click();
  const error = main(page).locator("#confirm-error");
  await expect(error).toContainText(address);
  for (const part of [error, page.getByLabel(/^Type /), main(page).locator("label[for=confirm]")]) {
    const { inside, width } = await part.evaluate((one) => ({
      inside: one.scrollWidth <= one.clientWidth || one.tagName === "INPUT",
      width: one.getBoundingClientRect().right,
    }));
    expect(inside).toBe(true);
    expect(width).toBeLessThanOrEqual(390 - 16);
  }
});
